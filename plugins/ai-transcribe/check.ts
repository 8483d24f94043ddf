import type { CheckLine } from '@switchboard/core/contract';
import type { Engine } from './engines/engine.ts';
import type { Context } from './services.ts';
import { monthOf, spentIn } from './store/usage.ts';

const RATE = 16_000;

/** Has every engine hear a second of silence, and tells how the budget stands. */
export async function check(context: Context, signal: AbortSignal): Promise<CheckLine[]> {
  const { services, config } = context;
  if (services.engines.length === 0 && !services.takesOver) return [noEngine];
  const tried = await Promise.all(services.engines.map(async (engine) => await tryOut(engine, signal)));
  const missing = config.engines
    .split(' ')
    .filter((name) => name !== '3cx' && !services.engines.some((engine) => engine.name === name))
    .map(lacking);
  return [...tried, ...missing, await budget(context)];
}

const noEngine: CheckLine = {
  name: 'Engines',
  state: 'failed',
  detail: 'No engine can work: nothing is written down.',
  remedy: 'Enter the key or the address of an engine, or set the language to one that the embedded engine knows.',
};

async function tryOut(engine: Engine, signal: AbortSignal): Promise<CheckLine> {
  const name = `Engine ${engine.name}`;
  try {
    await engine.write({ audio: new Float32Array(RATE), rate: RATE }, signal);
    return { name, state: 'ok', detail: `${engine.model} answers.` };
  } catch (error) {
    const { message, remedy } = error as { message: string; remedy?: string };
    return {
      name,
      state: 'failed',
      detail: `${message}.`,
      remedy: remedy ?? 'Look into the log of the hub; calls wait meanwhile, or the next engine takes over.',
    };
  }
}

function lacking(name: string): CheckLine {
  return {
    name: `Engine ${name}`,
    state: 'warning',
    detail:
      'It is among the engines and cannot work: a key or an address is missing, or it does not know the language.',
    remedy: 'Complete its settings, or take it out of the engines.',
  };
}

async function budget({ tables, clock, config }: Context): Promise<CheckLine> {
  const spent = await spentIn(tables, monthOf(clock.now()));
  const detail = `${spent.toFixed(2)} of ${config.monthlyBudget.toFixed(2)} are used this month.`;
  if (spent < config.monthlyBudget || spent === 0) return { name: 'Budget', state: 'ok', detail };
  return { name: 'Budget', state: 'warning', detail, remedy: 'Raise monthlyBudget, or wait for the next month.' };
}
