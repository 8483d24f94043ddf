import { NotFoundError } from '@switchboard/core/contract';
import { livingCase } from '../file/case-state.ts';
import { type Contact, contactsOf } from '../send/contacts.ts';
import { fieldsOf, readCase, text } from '../send/fields.ts';
import type { FieldValues } from '../send/template.ts';
import type { Context } from '../services.ts';
import { type CaseFile, filesOfCase } from './case-files.ts';
import type { Viewer } from './viewer.ts';

/** What somebody needs who writes about a case. */
export type AboutCase = {
  readonly caseId: string;
  readonly number: string;
  readonly subject: string;
  readonly contacts: readonly Contact[];
  /** Of templates, each with its value for this case. Those of the mailbox follow from the one that is chosen. */
  readonly fields: FieldValues;
  /** What belongs to the case and can be attached. */
  readonly files: readonly CaseFile[];
};

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
    filesOfCase(context, viewer, serviceCase.id),
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
