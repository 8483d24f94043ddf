import { coveringContract, type CrmRecord, type PluginTables } from '@switchboard/core/contract';
import { DateTime } from 'luxon';
import type { Context } from '../services.ts';
import { hoursOf } from './calendar.ts';
import { clockKinds, newClock, type PromiseClock, type Reckoning, serviceStateOf, stateOf, turned } from './clock.ts';
import { clockStateOf, promisesOf, type Promises } from './promise.ts';
import { clocksOf, dropClock, keepClock } from './store.ts';

export type PromiseContext = Pick<Context, 'config' | 'tenant'>;

type Fields = Readonly<Record<string, unknown>>;

/** What decides how much time there is. */
const deciding = ['contractId', 'priority', 'serviceLevel'];

interface Turn {
  readonly caseId: string;
  /** As it is with the change. */
  readonly serviceCase: Fields;
  /** Names of the fields that change; all of a case that is opened. */
  readonly changed: readonly string[] | 'all';
  /** That of the case. Where nothing that decides has changed it is not looked at. */
  readonly contract: CrmRecord | undefined;
  readonly at: Date;
}

/**
 * Has the clocks of a case go with a change: started, stopped, or with another promise. In the transaction that changes the case, whose lock the
 * caller holds.
 *
 * @returns the fields of the case that show it, as far as they change
 */
export async function keepPromises(tables: PluginTables, context: PromiseContext, turn: Turn): Promise<Fields> {
  const { caseId, serviceCase, changed, contract, at } = turn;
  const isDecided = changed === 'all' || deciding.some((field) => changed.includes(field));
  const clocks = new Map((await clocksOf(tables, caseId)).map((clock) => [clock.kind, clock]));
  if (clocks.size === 0 && !isDecided) return {};
  const reckoning = reckoningOf(context);
  const promises: Promises = isDecided
    ? promisesOf(serviceCase, contract, context.config, dayOf(context, at))
    : Object.fromEntries([...clocks].map(([kind, { target, hours }]) => [kind, { target, hours }]));
  const current: PromiseClock[] = [];
  for (const kind of clockKinds) {
    const promised = promises[kind];
    const before = clocks.get(kind);
    if (promised === undefined) {
      if (before !== undefined) await dropClock(tables, caseId, kind);
      continue;
    }
    const begun = before ?? newClock(kind, promised, openedAt(serviceCase, at), reckoning);
    const next = turned(begun, { state: clockStateOf(kind, serviceCase), promised }, at.getTime(), reckoning);
    if (next !== before) await keepClock(tables, caseId, next);
    current.push(next);
  }
  return changesOf(serviceCase, shownBy(current));
}

/** The fields of the case that show its clocks. */
export function shownBy(clocks: readonly PromiseClock[]): Fields {
  const due = (kind: PromiseClock['kind']) => {
    const clock = clocks.find((one) => one.kind === kind);
    const moment = clock === undefined || stateOf(clock) === 'waits' ? null : clock.dueAt;
    return moment === null ? null : new Date(moment).toISOString();
  };
  return { responseDueAt: due('response'), resolveDueAt: due('resolve'), serviceState: serviceStateOf(clocks) };
}

/** What of the wanted values the case has not. Twenty answers moments in a form of its own. */
export function changesOf(serviceCase: Fields, wanted: Fields): Fields {
  return Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => {
      const is = serviceCase[field] ?? null;
      if (typeof is === 'string' && typeof value === 'string' && field.endsWith('At'))
        return Date.parse(is) !== Date.parse(value);
      return (is === '' ? null : is) !== value;
    }),
  );
}

export function reckoningOf({ config, tenant }: PromiseContext): Reckoning {
  return {
    hoursOf: (name) => hoursOf(config.calendar, name, tenant.timeZone),
    warnShare: config.warnPercent / 100,
  };
}

function dayOf({ config, tenant }: PromiseContext, at: Date): string {
  const zone = config.calendar.timeZone === '' ? tenant.timeZone : config.calendar.timeZone;
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');
}

function openedAt(serviceCase: Fields, at: Date): number {
  const opened = typeof serviceCase['openedAt'] === 'string' ? Date.parse(serviceCase['openedAt']) : Number.NaN;
  return Number.isNaN(opened) ? at.getTime() : Math.min(opened, at.getTime());
}

/** The contract of a case, read before the case is locked. */
export async function contractFor(
  { crm }: Pick<Context, 'crm'>,
  { contractId }: Fields,
): Promise<CrmRecord | undefined> {
  return typeof contractId === 'string' && contractId !== '' ? await crm.get('contract', contractId) : undefined;
}

export interface Covering {
  readonly contract: CrmRecord | undefined;
  /** What a case without a contract gets by it. */
  readonly fields: Fields;
}

/** The contract of a case that is new: its own, or the one that its asset, its place or its customer has. Read before the case is locked. */
export async function coverNew(
  context: Pick<Context, 'crm' | 'clock'> & PromiseContext,
  serviceCase: Fields,
): Promise<Covering> {
  if (textIn(serviceCase, 'contractId') !== undefined)
    return { contract: await contractFor(context, serviceCase), fields: {} };
  const covered = {
    assetId: textIn(serviceCase, 'assetId'),
    locationId: textIn(serviceCase, 'locationId'),
    companyId: textIn(serviceCase, 'companyId'),
    personId: textIn(serviceCase, 'personId'),
  };
  const contract = await coveringContract(context.crm, covered, dayOf(context, new Date(context.clock.now())));
  if (contract === undefined) return { contract, fields: {} };
  const serviceLevel = textIn(serviceCase, 'serviceLevel') ?? textIn(contract, 'serviceLevel');
  return { contract, fields: { contractId: contract.id, ...(serviceLevel === undefined ? {} : { serviceLevel }) } };
}

function textIn(record: Fields, field: string): string | undefined {
  const value = record[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
