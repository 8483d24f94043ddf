import { NotFoundError, sql, thisTenant } from '@switchboard/core/contract';
import { livingCase } from '../file/case-state.ts';
import { type Contact, contactsOf } from '../send/contacts.ts';
import { fieldsOf, readCase, text } from '../send/fields.ts';
import type { FieldValues } from '../send/template.ts';
import type { Context } from '../services.ts';
import { seesReceived } from './visible.ts';
import type { Viewer } from './viewer.ts';

/** What somebody needs who writes about a case. */
export type AboutCase = {
  readonly caseId: string;
  readonly number: string;
  readonly subject: string;
  readonly contacts: readonly Contact[];
  /** Of templates, each with its value for this case. Those of the mailbox follow from the one that is chosen. */
  readonly fields: FieldValues;
  /** Files that came with mails of the case. */
  readonly files: readonly CaseFile[];
};

type CaseFile = {
  readonly mailId: string;
  readonly section: string;
  readonly name: string;
  readonly bytes: number;
  readonly at: Date;
};

const MOST_FILES = 200;
const noMailbox = { name: '', address: '' };

/** @throws NotFoundError */
export async function aboutCase(context: Context, viewer: Viewer, asked: string): Promise<AboutCase> {
  const crm = viewer.crm ?? context.crm;
  const found = (await viewer.seesCase(asked)) ? await livingCase(context.crm, asked) : undefined;
  // What the role may not read is neither shown nor filled in.
  const records = found && (await readCase(crm, found.id));
  if (records === undefined) {
    throw new NotFoundError('There is no such case', { field: 'caseId', remedy: 'Look at the case in Twenty again.' });
  }
  const { serviceCase } = records;
  const around = { tenant: context.tenant, author: viewer.name, mailbox: noMailbox };
  const [contacts, files] = await Promise.all([
    contactsOf(context, crm, serviceCase),
    filesOf(context, viewer, serviceCase.id),
  ]);
  return {
    caseId: serviceCase.id,
    number: text(serviceCase['number']),
    subject: text(serviceCase['subject']),
    contacts,
    fields: fieldsOf(records, around),
    files,
  };
}

async function filesOf({ tables }: Context, viewer: Viewer, caseId: string): Promise<CaseFile[]> {
  return await tables.query<CaseFile>(sql`
    select message.id as "mailId", file ->> 'section' as section, file ->> 'safeName' as name,
      coalesce((file ->> 'bytes')::bigint, 0)::float8 as bytes, filing.happened_at as at
    from mail_filing filing
    join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
    cross join jsonb_array_elements(message.understood -> 'attachments') file
    where filing.tenant_id = ${thisTenant} and filing.case_id = ${caseId}::uuid and message.attachments > 0
      and filing.outcome in ('case-opened', 'joined', 'reopened', 'followed-up') and ${seesReceived(viewer)}
      and coalesce((file ->> 'inline')::boolean, false) = false and file ->> 'section' <> ''
    order by filing.happened_at desc limit ${MOST_FILES}
  `);
}
