import { SwitchboardError } from '@switchboard/core/contract';

const LOOK_AGAIN_MS = 3_600_000;

/** What was allowed for this month is spent. Somebody may raise it any time, and a month ends. */
export class BudgetError extends SwitchboardError {
  readonly code = 'budget';
  readonly retry = { afterMs: LOOK_AGAIN_MS };

  constructor(message: string) {
    super(message, { remedy: 'Raise monthlyBudget, or add an engine that costs nothing.' });
  }
}
