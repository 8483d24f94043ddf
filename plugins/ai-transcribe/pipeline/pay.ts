import type { Engine } from '../engines/engine.ts';
import type { Context } from '../services.ts';
import { spend } from '../store/usage.ts';
import { BudgetError } from './budget-error.ts';

/** Counts what an engine is about to hear. @throws BudgetError when the month does not allow it */
export async function pay(
  { tables, clock, config }: Pick<Context, 'tables' | 'clock' | 'config'>,
  { name, pricePerMinute }: Pick<Engine, 'name' | 'pricePerMinute'>,
  seconds: number,
): Promise<void> {
  const spending = { engine: name, seconds, cost: (seconds / 60) * pricePerMinute };
  if (!(await spend(tables, spending, { budget: config.monthlyBudget, now: clock.now() })))
    throw new BudgetError('The budget of this month is used up');
}
