import {
  PANEL_OBJECTS,
  type PanelAnswer,
  type PanelCall,
  type PanelCase,
  type PanelList,
  type PanelObject,
} from '@switchboard/crm/panel';
import { type Clock, type CrmRecord, ForbiddenError, NotFoundError } from '../contract/index.ts';
import type { Crm, RoleView } from '../crm/index.ts';
import type { Member } from '../members/index.ts';
import type { Executor } from '../store/database.ts';
import { readHealth } from './health.ts';
import { newestCalls, openCases, type Relation } from './records.ts';

/** What members see beside a record in Twenty. */
export interface Panel {
  /**
   * @param object singular API name
   * @throws NotFoundError for an object without a panel and for what is no id; ForbiddenError when the member may not read the object
   */
  readonly read: (member: Member, object: string, id: string) => Promise<PanelAnswer>;
}

export interface PanelOptions {
  readonly db: Executor;
  readonly crm: Pick<Crm, 'readerFor'>;
  readonly clock: Clock;
}

/** Lines of a list; who needs more opens the list in Twenty. */
const LINES = 10;

const RELATIONS: Readonly<Record<PanelObject, Relation>> = {
  person: 'personId',
  company: 'companyId',
  location: 'locationId',
  serviceCase: 'serviceCaseId',
};

type Page = {
  readonly tenantId: string;
  readonly object: PanelObject;
  readonly id: string;
  readonly view: RoleView;
};

export function createPanel({ db, crm, clock }: PanelOptions): Panel {
  return {
    async read({ tenant, roleId }, name, recordId) {
      const { object, id } = pageOf(name, recordId);
      const reader = crm.readerFor(tenant.id, { roleId });
      const view = await reader.view();
      if (!view.readable.includes(object)) throw mayNotRead();
      const page: Page = { tenantId: tenant.id, object, id, view };
      const own = object === 'serviceCase' ? await reader.get(object, id) : undefined;
      const [calls, cases, health] = await Promise.all([
        readCalls(db, page),
        readCases(db, page, own),
        readHealth(db, tenant.id, ['phoneCall', 'serviceCase']),
      ]);
      return { at: new Date(clock.now()).toISOString(), calls, cases, health };
    },
  };
}

function pageOf(name: string, id: string): { object: PanelObject; id: string } {
  const object = PANEL_OBJECTS.find((each) => each === name);
  if (object === undefined) {
    throw new NotFoundError('There is no panel for this object', {
      field: 'path.object',
      remedy: `Ask for one of ${PANEL_OBJECTS.join(', ')}.`,
    });
  }
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return { object, id: id.toLowerCase() };
  throw new NotFoundError('This is not the id of a record', {
    field: 'path.id',
    remedy: 'Send the id that Twenty shows.',
  });
}

function mayNotRead(): ForbiddenError {
  return new ForbiddenError('Your role may not see this object', {
    remedy: 'An administrator can change the role in Twenty under Settings, Roles.',
  });
}

async function readCalls(db: Executor, { tenantId, object, id, view }: Page): Promise<PanelAnswer['calls']> {
  const relation = RELATIONS[object];
  if (!view.sees('phoneCall', relation)) return null;
  const found = await newestCalls(db, { tenantId, relation, id, limit: LINES + 1 });
  return listOf(shown(view, 'phoneCall', found).map(toCall));
}

/** On the page of a case: the other open ones of its location, else of its company, else of its contact. */
async function readCases(
  db: Executor,
  { tenantId, object, id, view }: Page,
  own: CrmRecord | undefined,
): Promise<PanelAnswer['cases']> {
  const mayJudge = view.sees('serviceCase', 'status');
  if (!mayJudge) return null;
  const owner = object === 'serviceCase' ? ownerOf(own) : { relation: RELATIONS[object], id };
  if (owner === undefined) return listOf([]);
  if (!view.sees('serviceCase', owner.relation)) return null;
  const found = await openCases(db, { tenantId, ...owner, limit: LINES + 1, except: id });
  const seesDue = ['responseDueAt', 'firstResponseAt', 'resolveDueAt'].every((field) =>
    view.sees('serviceCase', field),
  );
  const lines = found.flatMap(({ dueAt, ...record }) =>
    shown(view, 'serviceCase', [record]).map((visible) => toCase(visible, seesDue ? dueAt : null)),
  );
  return listOf(lines);
}

function ownerOf(own: CrmRecord | undefined): { relation: Relation; id: string } | undefined {
  return (['locationId', 'companyId', 'personId'] as const)
    .map((relation) => ({ relation, id: own?.[relation] }))
    .find(
      (owner): owner is { relation: 'locationId' | 'companyId' | 'personId'; id: string } =>
        typeof owner.id === 'string',
    );
}

const shown = (view: RoleView, object: string, records: readonly CrmRecord[]): CrmRecord[] =>
  records.map((record) => view.show(object, record)).filter((record) => record !== undefined);

const listOf = <T>(lines: readonly T[]): PanelList<T> => ({
  items: lines.slice(0, LINES),
  hasMore: lines.length > LINES,
});

const toCall = (call: CrmRecord): PanelCall => ({
  id: call.id,
  direction: text(call['direction']),
  outcome: text(call['outcome']),
  startedAt: text(call['startedAt']),
  durationSeconds: typeof call['durationSeconds'] === 'number' ? call['durationSeconds'] : null,
  agentName: text(call['agentName']),
  phoneNumber: text(call['phoneNumber']),
});

const toCase = (each: CrmRecord, dueAt: string | null): PanelCase => ({
  id: each.id,
  number: text(each['number']),
  subject: text(each['subject']),
  status: text(each['status']),
  priority: text(each['priority']),
  dueAt,
});

/** Twenty answers an unset text as "" (2.21, measured). */
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
