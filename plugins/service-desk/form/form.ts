import {
  ConflictError,
  type CrmReader,
  parsePhone,
  type PluginTables,
  RateLimitedError,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { addEntry } from '../cases/entries.ts';
import { nextNumber, noteNumber, prepareNumbers } from '../cases/numbers.ts';
import { once } from '../cases/once.ts';
import { awaiting, keepPending, lockRow } from '../cases/pending.ts';
import { asMarkdown, caseName } from '../map.ts';
import { coverNew, keepPromises } from '../promises/keep.ts';
import { longText, shortText, someText } from '../routes/shapes.ts';
import type { Context } from '../services.ts';

/** What a form on a web page sends. */
export const formCase = z.strictObject({
  subject: someText,
  text: longText.default(''),
  name: shortText.default(''),
  email: z.union([z.literal(''), z.email('must be an e-mail address').max(200)]).default(''),
  phone: z.string().max(60, 'must have at most 60 characters').default(''),
  /** The customer's own number for it. */
  reference: shortText.default(''),
});

export type FormCase = z.output<typeof formCase>;

export interface FormOpened {
  readonly caseId: string;
  readonly number: string;
}

/** Forms have no member; their requests are kept under this id. */
const FORM = '00000000-0000-4000-8000-000000000000';
const MINUTE_MS = 60_000;

/**
 * Opens a case from a form. The same key again opens none and is answered the same.
 *
 * @throws RateLimitedError above the number per minute that the tenant allows; ConflictError for a key that came with other content
 */
export async function openFromForm(context: Context, key: string, sent: FormCase): Promise<FormOpened> {
  const { config, clock, crm, tables } = context;
  await prepareNumbers(tables, crm, config.numberPrefix);
  const contact = await contactOf(context, sent);
  const covering = await coverNew(context, { ...contact });
  const asked = { form: sent };
  return await once<FormOpened>(context.commit, { memberId: FORM, requestId: key, asked }, async (own) => {
    const at = new Date(clock.now());
    const caseId = crm.idFor('serviceCase', `form:${key}`);
    // Whoever has the next number is alone, so that of many at once none slips through.
    const number = await nextNumber(own, config.numberPrefix);
    await demandRoom(own, config.formPerMinute);
    const fields = { ...fieldsOf(sent, { number, contact, at }), ...covering.fields };
    await lockRow(own, caseId);
    const turn = { caseId, serviceCase: fields, changed: 'all', contract: covering.contract, at } as const;
    const all = { ...fields, ...(await keepPromises(own, context, turn)) };
    await keepPending(own, caseId, awaiting(undefined, {}, all, at.getTime()));
    await noteNumber(own, caseId, number);
    const by = { at, memberId: null, memberName: sent.name || sent.email, caseId };
    const entry = await addEntry(own, { ...by, kind: 'CREATED', body: sent.text, after: { subject: sent.subject } });
    return {
      answer: { caseId, number },
      changes: {
        writes: [
          {
            object: 'serviceCase',
            key: `form:${key}`,
            fields: { ...all, ...(sent.text === '' ? {} : { description: { markdown: asMarkdown(written(sent)) } }) },
          },
        ],
        journal: [{ ...entry, source: 'api' as const }],
      },
    };
  });
}

async function demandRoom(tables: PluginTables, most: number): Promise<void> {
  const [row] = await tables.query<{ count: number }>(sql`
    select count(*)::integer as count from service_desk_request
    where tenant_id = ${thisTenant} and member_id = ${FORM} and at > now() - make_interval(secs => ${MINUTE_MS / 1000})`);
  if ((row?.count ?? 0) <= most) return;
  throw new RateLimitedError('More cases than this form may open in a minute', MINUTE_MS, {
    remedy: 'Send it again in a minute, with the same key.',
  });
}

interface Contact {
  readonly personId?: string;
  readonly companyId?: string;
}

/** The one person with that address, or with that number. Several are nobody: an agent decides. */
async function contactOf({ crm, tenant }: Context, { email, phone }: FormCase): Promise<Contact> {
  const number = phone === '' ? undefined : parsePhone(phone, tenant.country);
  return (
    (email === '' ? undefined : only(await crm.findByEmail(email))) ??
    (number === undefined ? undefined : only(await crm.findByPhone(number.e164))) ??
    {}
  );
}

function only(matches: Awaited<ReturnType<CrmReader['findByEmail']>>): Contact | undefined {
  const people = matches.filter(({ object }) => object === 'person').map(({ record }) => record);
  const [person] = people;
  if (person === undefined || people.length > 1) return undefined;
  const { companyId } = person;
  return { personId: person.id, ...(typeof companyId === 'string' && companyId !== '' ? { companyId } : {}) };
}

function fieldsOf(
  { subject, reference }: FormCase,
  { number, contact, at }: { readonly number: string; readonly contact: Contact; readonly at: Date },
) {
  const now = at.toISOString();
  return {
    ...contact,
    number,
    name: caseName(number, subject),
    subject,
    status: 'NEW',
    priority: 'NORMAL',
    channel: 'FORM',
    openedAt: now,
    lastActivityAt: now,
    ...(reference === '' ? {} : { customerReference: reference }),
  };
}

/** With what the sender said of itself, which proves nothing. */
function written({ text, name, email, phone }: FormCase): string {
  const from = [name, email, phone].filter((part) => part !== '').join(', ');
  return from === '' ? text : `${text}\n\n${from}`;
}

/** @throws ConflictError without a key: a form that is sent twice would open two cases */
export function keyOf(headers: Readonly<Record<string, string | undefined>>): string {
  const key = headers['idempotency-key']?.trim() ?? '';
  if (key !== '' && key.length <= 100) return key;
  throw new ConflictError('The header Idempotency-Key is missing, or longer than 100 characters', {
    field: 'headers.idempotency-key',
    remedy: 'Send one key per filled form, and the same one when you send it again.',
  });
}
