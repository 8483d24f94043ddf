import { bodyOf, ConflictError, type Route } from '@switchboard/core/contract';
import { z } from 'zod';
import { createEngines, lackOf } from '../engines/choose.ts';
import { type Engine, type EngineName, engineNames } from '../engines/engine.ts';
import { readSample, SAMPLE_LANGUAGE, SAMPLE_TEXT, tryOut } from '../engines/try-out.ts';
import { pay } from '../pipeline/pay.ts';
import type { Context } from '../services.ts';
import { readHealth, type Told } from '../store/health.ts';
import { monthOf, spentIn, usageSince } from '../store/usage.ts';

const DAY_MS = 86_400_000;
/** As many days and months are shown beside each other. */
const DAYS = 31;
const MONTHS_MS = 335 * DAY_MS;
/** An admin sits before it and waits: this one alone asks an engine. Loading the models of the embedded one takes seconds. */
const PATIENCE_MS = 60_000;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const usage: Route<Context> = {
  method: 'GET',
  path: '/usage',
  summary: 'What engines have heard and cost: this month against its budget, 31 days, and twelve months',
  audience: 'operator',
  async handle({ tables, clock, config }) {
    const now = clock.now();
    const month = monthOf(now);
    const [spent, days, months] = await Promise.all([
      spentIn(tables, month),
      usageSince(tables, dayOf(now - (DAYS - 1) * DAY_MS), 'day'),
      usageSince(tables, monthOf(now - MONTHS_MS), 'month'),
    ]);
    return { body: { month, budget: config.monthlyBudget, spent, days, months } };
  },
};

const health: Route<Context> = {
  method: 'GET',
  path: '/engines',
  summary: 'Which engines are asked in which order, what each lacks, and how their work goes',
  audience: 'operator',
  async handle({ tables, clock, config, services }) {
    const { queue, states, passedOver, ...last } = await readHealth(tables, new Date(clock.now() - DAYS * DAY_MS));
    const names = [...new Set(config.engines.split(' '))] as EngineName[];
    return {
      body: {
        engines: names.map((name) => shownEngine(name, config, services.engines)),
        queue: { ...queue, since: queue.since?.toISOString() ?? null },
        states,
        passedOver,
        lastDone: shown(last.lastDone),
        lastTrouble: shown(last.lastTrouble),
        lastPassedOver: shown(last.lastPassedOver),
      },
    };
  },
};

function shownEngine(name: EngineName, config: Context['config'], engines: readonly Engine[]): object {
  const engine = engines.find((one) => one.name === name);
  return {
    name,
    model: engine?.model ?? null,
    pricePerMinute: engine?.pricePerMinute ?? 0,
    lacks: lackOf(name, config) ?? null,
  };
}

function shown(told: Told | undefined): object | null {
  if (told === undefined) return null;
  return { ...told, at: told.at.toISOString(), passedOverAt: told.passedOverAt?.toISOString() ?? null };
}

const trial: Route<Context> = {
  method: 'POST',
  path: '/engines/try',
  summary: 'Has an engine hear the sample that ships with the hub: `{engine}`; tells what was heard, or what is wrong',
  audience: 'operator',
  async handle(context, request, signal) {
    const { engine: name } = bodyOf(z.object({ engine: z.enum(engineNames) }), request);
    const { config, services } = context;
    const isOn = services.engines.some((one) => one.name === name);
    const [engine] = isOn
      ? createEngines({ ...config, engines: name, language: SAMPLE_LANGUAGE }, services.threads)
      : [];
    if (engine === undefined)
      throw new ConflictError('This engine cannot be tried', {
        remedy: 'Add it to the engines, and enter its key or its address. What 3CX writes is tried with a call.',
      });
    const sample = await readSample();
    const seconds = sample.audio.length / sample.rate;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const result = await tryOut(engine, sample, async () => await pay(context, engine, seconds), patience);
    return { body: { engine: name, model: engine.model, text: SAMPLE_TEXT, seconds, ...result } };
  },
};

export const engineRoutes: readonly Route<Context>[] = [usage, health, trial];
