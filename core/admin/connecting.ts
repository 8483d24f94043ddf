import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type CheckLine, SwitchboardError } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';

/** What connecting consists of, in this order. Copying goes on when the rest is done; see `CrmStatus.mirror`. */
export const connectSteps = ['server', 'key', 'app', 'webhooks', 'sign-in'] as const;
export type ConnectStep = (typeof connectSteps)[number];

export interface StepNow {
  readonly step: ConnectStep;
  /** `waiting`: not begun. Else the worst that was found. */
  readonly state: CheckLine['state'] | 'waiting' | 'under-way';
  readonly lines: readonly CheckLine[];
}

/** How far the last attempt to connect a tenant is. */
export interface Connecting {
  /** `interrupted`: whoever was at it has died meanwhile. */
  readonly state: 'under-way' | 'ended' | 'interrupted';
  readonly startedAt: Date;
  readonly steps: readonly StepNow[];
}

/** Where an attempt notes what it does and finds. What cannot be noted stops no attempt. */
export interface Noting {
  /** What was under way before is done with. */
  readonly begin: (step: ConnectStep) => Promise<void>;
  /** Goes to the step that it belongs to, instead of what was found there before under the same name. */
  readonly found: (lines: readonly CheckLine[]) => Promise<void>;
  /** @param error what ended it before its time */
  readonly end: (error?: unknown) => Promise<void>;
}

export interface ConnectingStore {
  readonly start: (tenantId: string) => Promise<Noting>;
  readonly read: (tenantId: string) => Promise<Connecting | undefined>;
}

/** By the names of the lines; what is not here is of no step of its own. */
const stepOf: Readonly<Record<string, ConnectStep>> = {
  Twenty: 'server',
  'API key': 'key',
  Permissions: 'key',
  Workspace: 'key',
  'Switchboard app': 'app',
  Objects: 'app',
  Webhooks: 'webhooks',
  'Sign-in with Twenty': 'sign-in',
};

const beatMs = 5000;
const silentSeconds = 30;
const worstFirst = ['failed', 'warning', 'off', 'ok'] as const;

export function createConnectingStore(db: Executor): ConnectingStore {
  return {
    start: (tenantId) => startNoting(db, tenantId),
    async read(tenantId) {
      const { rows } = await sql<{ steps: readonly StepNow[]; started_at: Date; is_over: boolean; is_silent: boolean }>`
        select steps, started_at, ended_at is not null as is_over,
          beat_at < now() - ${silentSeconds} * interval '1 second' as is_silent
        from crm_connecting where tenant_id = ${tenantId}
      `.execute(db);
      const [row] = rows;
      if (row === undefined) return undefined;
      const state = row.is_over ? 'ended' : row.is_silent ? 'interrupted' : 'under-way';
      return { state, startedAt: row.started_at, steps: row.steps };
    },
  };
}

async function startNoting(db: Executor, tenantId: string): Promise<Noting> {
  const attempt = randomUUID();
  let steps: readonly StepNow[] = connectSteps.map((step) => ({ step, state: 'waiting', lines: [] }));
  await sql`
    insert into crm_connecting (tenant_id, attempt, steps) values (${tenantId}, ${attempt}, ${JSON.stringify(steps)})
    on conflict (tenant_id) do update
      set attempt = excluded.attempt, steps = excluded.steps, started_at = now(), beat_at = now(), ended_at = null
  `.execute(db);
  const write = async (isOver: boolean) => {
    await sql`
      update crm_connecting set steps = ${JSON.stringify(steps)}, beat_at = now(), ended_at = case when ${isOver} then now() end
      where tenant_id = ${tenantId} and attempt = ${attempt}
    `.execute(db);
  };
  // One after the other, so that what is noted last stands there last.
  let writing = Promise.resolve();
  const note = (isOver = false) => (writing = writing.then(() => write(isOver)).catch(() => {}));
  const beat = setInterval(() => void note(), beatMs);
  beat.unref();
  const change = async (to: (now: StepNow) => StepNow, isOver = false) => {
    steps = steps.map(to);
    await note(isOver);
  };
  return {
    begin: (step) => change((now) => (now.step === step ? { ...now, state: 'under-way' } : ended(now))),
    found: (lines) =>
      change((now) => {
        const own = lines.filter(({ name }) => stepOf[name] === now.step);
        if (own.length === 0) return now;
        const next = judged({ ...now, lines: replaced(now.lines, own) });
        // More may be found on a step that is under way, but nothing that would make it good again.
        return now.state === 'under-way' && next.state !== 'failed' ? { ...next, state: 'under-way' } : next;
      }),
    async end(error) {
      clearInterval(beat);
      await change((now) => ended(now, error), true);
    },
  };
}

const replaced = (before: readonly CheckLine[], lines: readonly CheckLine[]): readonly CheckLine[] => [
  ...before.filter(({ name }) => lines.every((line) => line.name !== name)),
  ...lines,
];

function judged(now: StepNow): StepNow {
  const state = worstFirst.find((one) => now.lines.some((line) => line.state === one)) ?? 'waiting';
  return { ...now, state };
}

/** A step that was under way is as well as what was found on it. */
function ended(now: StepNow, error?: unknown): StepNow {
  if (now.state !== 'under-way') return now;
  if (error === undefined) return judged(now);
  const { message, remedy } = error instanceof SwitchboardError ? error : internal;
  const line: CheckLine = {
    name: 'Connection',
    state: 'failed',
    detail: message,
    remedy: remedy ?? internal.remedy,
  };
  return judged({ ...now, lines: [...now.lines, line] });
}

const internal = {
  message: 'The hub could not go on here.',
  remedy: 'See the log of the hub for the reason, then connect again.',
};
