import type { z } from 'zod';

/** A kind of fact that happened: a name in the past tense and the shape of what is told. */
export interface EventType<S extends z.ZodType = z.ZodType> {
  readonly name: `${string}.${string}`;
  readonly payload: S;
}

export function defineEvent<S extends z.ZodType>(name: EventType['name'], payload: S): EventType<S> {
  return { name, payload };
}

/** A fact to announce. Stored with the state it reports, then delivered at least once to every subscribing plugin of the tenant. */
export interface EventInput<S extends z.ZodType = z.ZodType> {
  readonly type: EventType<S>;
  readonly payload: z.input<S>;
  /** The same fact announced twice is one event. */
  readonly dedupeKey: string;
  readonly occurredAt?: Date;
}

/** Types the payload against its event. */
export function event<S extends z.ZodType>(type: EventType<S>, payload: z.input<S>, dedupeKey: string): EventInput {
  return { type, payload, dedupeKey };
}

export interface StoredEvent<Payload = unknown> {
  readonly id: string;
  readonly name: string;
  readonly payload: Payload;
  readonly occurredAt: Date;
}

/** One (event, plugin) pair is one job with its own retries. */
export interface EventSubscription<Context> {
  readonly type: EventType;
  /** Default 10. */
  readonly attempts?: number;
  handle(context: Context, event: StoredEvent<never>, signal: AbortSignal): Promise<void>;
}

/** Types the handler against its event. */
export function on<Context, S extends z.ZodType>(
  type: EventType<S>,
  handle: (context: Context, event: StoredEvent<z.output<S>>, signal: AbortSignal) => Promise<void>,
): EventSubscription<Context> {
  return { type, handle };
}
