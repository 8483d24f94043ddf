import {
  PANEL_OBJECTS,
  type PanelAnswer,
  type PanelCall,
  type PanelCase,
  type PanelList,
  type PanelObject,
} from '@switchboard/crm/panel';
import { caseDesk, type Clock, type CrmRecord, ForbiddenError, NotFoundError, telephony } from '../contract/index.ts';
import type { Crm, RoleView } from '../crm/index.ts';
import type { Member } from '../members/index.ts';
import type { Executor } from '../store/database.ts';
import { readCall } from './call.ts';
import { readHealth } from './health.ts';
import { readNumbers } from './numbers.ts';
import type { Page } from './page.ts';
import { newestCalls, openCases, type Relation } from './records.ts';
import { text } from './text.ts';

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
  /** The plugin that offers a capability to a tenant. */
  readonly offererOf: (tenantId: string, capability: string) => string | undefined;
}

/** Pages to which calls and cases belong themselves. */
const RELATIONS: Readonly<Partial<Record<PanelObject, Relation>>> = {
  person: 'personId',
  company: 'companyId',
  location: 'locationId',
  serviceCase: 'serviceCaseId',
};

type Owner = { readonly relation: Relation; readonly id: string };

/** Lines of a list; who needs more opens the list in Twenty. */
const LINES = 10;

export function createPanel({ db, crm, clock, offererOf }: PanelOptions): Panel {
  return {
    async read({ tenant, roleId }, name, recordId) {
      const { object, id } = pageOf(name, recordId);
      const reader = crm.readerFor(tenant.id, { roleId });
      const view = await reader.view();
      if (!view.readable.includes(object)) throw mayNotRead();
      const own = await reader.get(object, id);
      const page: Page = { tenantId: tenant.id, country: tenant.country, object, id, view, reader, own };
      const [calls, cases, health, numbers, call] = await Promise.all([
        readCalls(db, page),
        readCases(db, page),
        readHealth(db, tenant.id, ['phoneCall', 'serviceCase']),
        readNumbers(page),
        readCall(page),
      ]);
      return {
        at: new Date(clock.now()).toISOString(),
        workspace: tenant.slug,
        calls,
        cases,
        health,
        numbers,
        telephony: offererOf(tenant.id, telephony.name) ?? null,
        desk: offererOf(tenant.id, caseDesk.name) ?? null,
        call,
      };
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

async function readCalls(db: Executor, page: Page): Promise<PanelAnswer['calls']> {
  const { tenantId, object, id, view } = page;
  const owner = ownerOf(page, object === 'serviceCase' ? [] : ['personId', 'locationId', 'companyId']);
  if (owner === undefined) return view.readable.includes('phoneCall') ? listOf([]) : null;
  if (!view.sees('phoneCall', owner.relation)) return null;
  const found = await newestCalls(db, { tenantId, ...owner, limit: LINES + 1, except: id });
  return listOf(shown(view, 'phoneCall', found).map(toCall));
}

/** On the page of a case or a malfunction: the (other) open ones of its location, else of its company, else of its contact. */
async function readCases(db: Executor, page: Page): Promise<PanelAnswer['cases']> {
  const { tenantId, id, view } = page;
  const mayJudge = view.sees('serviceCase', 'status');
  if (!mayJudge) return null;
  const owner = ownerOf(page, ['locationId', 'companyId', 'personId']);
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

/**
 * To what the records of a list have to belong: to the record of the page, or, where that is a case, a malfunction, a call or a target, to the first that it
 * is linked with.
 *
 * @param order in which the links of a page are tried; without them the page itself counts
 */
function ownerOf({ object, id, own }: Page, order: readonly Relation[]): Owner | undefined {
  const relation = RELATIONS[object];
  if (relation !== undefined && (object !== 'serviceCase' || order.length === 0)) return { relation, id };
  const links = order.map((link) => ({ relation: link, id: own?.[link] }));
  return links.find((link): link is Owner => typeof link.id === 'string');
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
