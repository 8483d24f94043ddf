import { queryOptions } from '@tanstack/react-query';
import { address, ask, asked, Problem } from './client.ts';
import type { FoundCall, FoundCase, PhoneNumber } from './find.ts';

/** What an agent has to do today: doors of the plugin service-desk, and of mail where it is enabled. */

export interface Reminder {
  readonly id: string;
  readonly object: string;
  readonly recordId: string;
  /** Null when it may not be seen any more, or is gone. */
  readonly about: string | null;
  readonly note: string;
  readonly dueAt: string;
}

export interface Day {
  readonly missed: readonly (FoundCall & { readonly times: number })[];
  readonly calls: readonly FoundCall[];
  readonly cases: readonly FoundCase[];
  readonly reminders: readonly Reminder[];
  readonly canCall: boolean;
}

interface KnownDay {
  readonly etag: string;
  readonly day: Day;
}

const door = (path: string) => `/tenants/{tenant}/plugins/service-desk/member${path}` as const;
const freshMs = 5_000;

/** What every page shows of it. */
export interface DayOutline {
  /** How many wait for a call. */
  readonly missed: number;
  readonly reminders: readonly Reminder[];
  readonly canCall: boolean;
}

/**
 * Null where the workspace has no service desk. The desk follows it and has it asked anew, together with the day itself, when something changes.
 */
export const dayOutlineQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['day', tenant, 'outline'],
    queryFn: async ({ signal }): Promise<DayOutline | null> => {
      try {
        return await ask<DayOutline>('GET', door('/day/outline'), { params: { tenant }, signal });
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: freshMs,
  });

/** All of it, for the page. Null where the workspace has no service desk. */
export const dayQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['day', tenant],
    queryFn: async ({ client, queryKey, signal }): Promise<KnownDay | null> =>
      await readDay(tenant, client.getQueryData<KnownDay | null>(queryKey) ?? undefined, signal),
    staleTime: freshMs,
    // The day begins and ends by the clock as well.
    refetchInterval: 30_000,
    select: (known) => known?.day ?? null,
  });

/** While nothing has changed the hub says so, and nothing is drawn anew. */
async function readDay(tenant: string, known: KnownDay | undefined, signal: AbortSignal): Promise<KnownDay | null> {
  const response = await fetch(address(door('/day'), { tenant }), {
    credentials: 'same-origin',
    headers: { ...asked(), ...(known === undefined ? {} : { 'if-none-match': known.etag }) },
    signal,
  });
  if (response.status === 304 && known !== undefined) return known;
  if (response.status === 404) return null;
  const answer = (await response.json().catch(() => undefined)) as Day & { error?: { code: string; message: string } };
  if (response.ok) return { etag: response.headers.get('etag') ?? '', day: answer };
  throw new Problem(response.status, answer?.error ?? { code: 'unknown', message: response.statusText });
}

export interface NewReminder {
  readonly object: 'person' | 'company' | 'location' | 'serviceCase' | 'phoneCall';
  readonly recordId: string;
  readonly note: string;
  readonly dueAt: string;
}

export const addReminder = (tenant: string, reminder: NewReminder) =>
  ask('POST', door('/reminders/add'), { params: { tenant }, body: { id: crypto.randomUUID(), ...reminder } });

export interface ReminderChange {
  readonly id: string;
  readonly dueAt?: string;
  readonly isDone?: boolean;
}

export const changeReminder = (tenant: string, change: ReminderChange) =>
  ask('POST', door('/reminders/change'), { params: { tenant }, body: change });

/** The own telephone rings first. */
export const callNumber = (tenant: string, { number }: Pick<PhoneNumber, 'number'>) =>
  ask('POST', door('/call'), { params: { tenant }, body: { requestId: crypto.randomUUID(), number } });

export interface UnclearMail {
  readonly id: string;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly at: string;
  readonly excerpt: string;
  readonly relatedCaseId: string | null;
}

const mailDoor = '/tenants/{tenant}/plugins/mail/member/look' as const;

/** Null where the workspace has no mail. */
export const mailLookQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['mail-look', tenant],
    queryFn: async ({ signal }) => {
      try {
        return (await ask<{ unverified: readonly UnclearMail[] }>('GET', mailDoor, { params: { tenant }, signal }))
          .unverified;
      } catch (error) {
        if (error instanceof Problem && (error.status === 404 || error.status === 403)) return null;
        throw error;
      }
    },
    refetchInterval: 30_000,
  });
