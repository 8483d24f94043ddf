import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** How calls become text and what that costs: doors of the plugin ai-transcribe for those who manage plugins, whose shapes these are. */

const door = (path: string) => `/tenants/{tenant}/plugins/ai-transcribe/doors${path}` as const;

export interface EngineState {
  readonly name: string;
  readonly model: string | null;
  readonly pricePerMinute: number;
  readonly lacks: 'key' | 'address' | 'language' | null;
}

/** A recording of which something is told. */
export interface Told {
  readonly callId: string;
  readonly state: string;
  readonly reason: string;
  readonly engine: string;
  readonly at: string;
  readonly passedOver: string;
  readonly passedOverReason: string;
  readonly passedOverAt: string | null;
}

export interface EngineHealth {
  readonly engines: readonly EngineState[];
  readonly queue: { readonly waiting: number; readonly working: number; readonly since: string | null };
  readonly states: Readonly<Record<string, number>>;
  readonly passedOver: number;
  readonly lastDone: Told | null;
  readonly lastTrouble: Told | null;
  readonly lastPassedOver: Told | null;
}

const EVERY_MS = 10_000;

export const engineHealthQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['preparations', tenant, 'health'],
    queryFn: ({ signal }) => ask<EngineHealth>('GET', door('/engines'), { params: { tenant }, signal }),
    refetchInterval: EVERY_MS,
  });

export interface EngineUsage {
  /** The day, or the first one of the month. */
  readonly on: string;
  readonly engine: string;
  readonly seconds: number;
  readonly requests: number;
  readonly cost: number;
}

export interface Usage {
  readonly budget: number;
  readonly spent: number;
  readonly days: readonly EngineUsage[];
  readonly months: readonly EngineUsage[];
}

export const engineUsageQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['preparations', tenant, 'usage'],
    queryFn: ({ signal }) => ask<Usage>('GET', door('/usage'), { params: { tenant }, signal }),
  });

export type Trial = { readonly engine: string; readonly model: string; readonly text: string } & (
  | {
      readonly outcome: 'heard';
      readonly heard: string;
      readonly right: number;
      readonly words: number;
      readonly tookMs: number;
    }
  | { readonly outcome: 'failed'; readonly reason: string; readonly detail: string; readonly remedy: string }
);

export const tryEngine = (tenant: string, engine: string) =>
  ask<Trial>('POST', door('/engines/try'), { params: { tenant }, body: { engine } });
