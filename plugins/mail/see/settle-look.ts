import {
  ConflictError,
  type CrmRecord,
  ForbiddenError,
  NotFoundError,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { type Arrived, arrivedOf } from '../file/arrived.ts';
import { isClosed, livingCase } from '../file/case-state.ts';
import type { Decision } from '../file/decide.ts';
import { type Decided, type Effects, effectsOf } from '../file/effects.ts';
import { addParticipants } from '../file/participants.ts';
import { sendersOf } from '../file/senders.ts';
import { incomingKey } from '../map.ts';
import type { SendContext } from '../send/context.ts';
import { findReceived } from './one-mail.ts';
import type { Viewer } from './viewer.ts';

export type Settlement = {
  readonly messageId: string;
  readonly decision: 'belongs' | 'new-case' | 'reject';
  /** For `belongs`: another case than the one it asks for. */
  readonly caseId?: string | undefined;
};

/**
 * A person decides about a mail whose sender could not be verified: it belongs to a case, opens one, or is none of our business.
 *
 * @returns the case it is in now
 * @throws ForbiddenError where that opens or changes a case, for somebody whose role may not do so in Twenty
 */
export async function settleLook(
  context: SendContext & Parameters<typeof findReceived>[0],
  viewer: Viewer,
  settlement: Settlement,
): Promise<{ caseId: string | null }> {
  const found = await findReceived(context, viewer, settlement.messageId);
  const [mail] = await arrivedOf(context.tables, [settlement.messageId], { filed: true });
  if (mail === undefined || found.outcome !== 'needs-a-look') throw settled();
  if (settlement.decision === 'reject') return await reject(context, viewer, mail);
  await demandCases(viewer);
  const target = await targetOf(context, viewer, settlement, found.relatedCaseId);
  const effects = await effectsFor(context, mail, decisionOf(settlement, target));
  await context.commit({
    rows: async (tables) => {
      await claim(tables, viewer, effects.filing);
      await addParticipants(tables, effects.participants);
      return { writes: effects.writes, journal: effects.journal, events: effects.events };
    },
  });
  return { caseId: effects.filing.caseId };
}

/** The hub writes with its own key, so it asks first what the member could do in Twenty. */
async function demandCases({ mayChangeCases }: Viewer): Promise<void> {
  if (await mayChangeCases()) return;
  throw new ForbiddenError('Your role may not create or change cases', {
    remedy: 'An administrator can allow it in Twenty under Settings, Roles. Until then a colleague decides.',
  });
}

/** @throws NotFoundError for a case that is not there, or not for this viewer */
async function targetOf(
  { crm }: SendContext,
  viewer: Viewer,
  { decision, caseId }: Settlement,
  related: string | null,
): Promise<CrmRecord | undefined> {
  if (decision === 'new-case') return undefined;
  const wanted = caseId ?? related ?? '';
  const found = (await viewer.seesCase(wanted)) ? await livingCase(crm, wanted) : undefined;
  if (found !== undefined) return found;
  throw new NotFoundError('There is no such case', { field: 'caseId', remedy: 'Choose a case that is in Twenty.' });
}

function decisionOf({ decision }: Settlement, target: CrmRecord | undefined): Decision {
  const again = target !== undefined && isClosed(target);
  return {
    outcome: decision === 'new-case' ? 'case-opened' : again ? 'reopened' : 'joined',
    caseId: target?.id,
    relatedCaseId: undefined,
    senderCheck: 'SETTLED',
    isQuiet: false,
    why: 'Confirmed by hand.',
  };
}

async function effectsFor(context: SendContext, mail: Arrived, decision: Decision): Promise<Effects> {
  const { crm, services, clock } = context;
  const mailboxes = await services.mailboxes.list();
  const own = new Set(mailboxes.map(({ address }) => address.toLowerCase()));
  const [filing] = await context.tables.query<{ mailboxId: string }>(sql`
    select mailbox_id as "mailboxId" from mail_filing where tenant_id = ${thisTenant} and message_id = ${mail.id}
  `);
  const mailbox = mailboxes.find(({ id }) => id === filing?.mailboxId);
  if (mailbox === undefined) throw settled();
  const senders = await sendersOf(crm, [mail.fromAddress], own);
  const record = decision.caseId === undefined ? undefined : await crm.get('serviceCase', decision.caseId);
  const decided: Decided = {
    mail,
    mailbox,
    decision,
    sender: senders.get(mail.fromAddress) ?? {
      personId: undefined,
      companyId: undefined,
      locationId: undefined,
      isStaff: false,
    },
    flood: undefined,
    reopenCount: typeof record?.['reopenCount'] === 'number' ? record['reopenCount'] : 0,
    now: new Date(clock.now()),
    idFor: crm.idFor,
    ownAddresses: own,
  };
  return effectsOf(decided);
}

async function reject(context: SendContext, viewer: Viewer, mail: Arrived): Promise<{ caseId: null }> {
  const write = { object: 'caseMessage', key: incomingKey(mail.id), fields: { senderCheck: 'REJECTED' } };
  await context.commit({
    rows: async (tables) => {
      const { isShown } = await claim(tables, viewer, {
        messageId: mail.id,
        outcome: 'rejected',
        caseId: null,
        senderCheck: 'REJECTED',
      });
      return { writes: isShown ? [write] : [] };
    },
  });
  return { caseId: null };
}

type Claimed = Pick<Effects['filing'], 'messageId' | 'outcome' | 'caseId' | 'senderCheck'>;

/** Two people decide at once: the first one counts. @throws ConflictError */
async function claim(
  tables: SendContext['tables'],
  { memberId }: Viewer,
  { messageId, outcome, caseId, senderCheck }: Claimed,
): Promise<{ isShown: boolean }> {
  const [row] = await tables.query<{ isShown: boolean }>(sql`
    update mail_filing set outcome = ${outcome}, case_id = ${caseId}, sender_check = ${senderCheck},
      why = 'Decided by hand.', settled_by = ${memberId ?? null}, settled_at = now()
    where tenant_id = ${thisTenant} and message_id = ${messageId} and outcome = 'needs-a-look'
    returning is_shown as "isShown"
  `);
  if (row === undefined) throw settled();
  return row;
}

function settled(): ConflictError {
  return new ConflictError('Nothing about this mail is open', {
    field: 'messageId',
    reason: 'mail.nothing-open',
    remedy: 'Load the list again: somebody else has decided.',
  });
}
