import {
  bodyOf,
  ForbiddenError,
  type MemberRequest,
  type MemberRoute,
  NotFoundError,
  queryOf,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { z } from 'zod';
import { retrySetAside } from '../receive/set-aside.ts';
import { readSource } from '../receive/source.ts';
import type { Context } from '../services.ts';
import { firstValue, readHeaders } from '../understand/mime/headers.ts';
import { decodeText } from '../understand/mime/words.ts';
import { download } from './download.ts';
import { type Viewer, viewerOf } from './viewer.ts';

/** A mail that the hub keeps as it came because it could not read it. */
export type AsideMail = {
  readonly id: string;
  readonly mailbox: string;
  readonly receivedAt: Date;
  readonly bytes: number;
  readonly problem: string;
  /** Of its header, as far as that can be read, for who may read the mailbox; else empty. */
  readonly from: string;
  readonly subject: string;
  /** Whether the viewer may read the mailbox, and so have the mail itself. */
  readonly mayRead: boolean;
};

const MOST = 100;
/** Of larger ones the header is not looked into for a list. */
const LARGEST_LOOKED_INTO = 2 * 1024 * 1024;

type Row = Omit<AsideMail, 'from' | 'subject'>;

/** What lies in a mailbox of the desk is for who reads cases; what came to a personal one is its owner's, whoever else asks. */
const seesMailbox = ({ memberId, readsCases }: Viewer) => sql`
  coalesce((box.kind = 'desk' and ${readsCases}) or box.owner_member_id = ${memberId ?? null}::uuid, false)`;

/** Mails that were set aside, the newest first: those that the viewer may read; who looks after the hub sees of the others that they are there. */
async function asideOf(context: Context, viewer: Viewer, id?: string): Promise<Row[]> {
  return await context.tables.query<Row>(sql`
    select message.id, coalesce(box.address, '') as mailbox, message.received_at as "receivedAt", message.bytes,
      message.problem, ${seesMailbox(viewer)} as "mayRead"
    from mail_message message
    left join mail_mailbox box on box.tenant_id = ${thisTenant} and box.id = message.mailbox_id
    where message.tenant_id = ${thisTenant} and message.state = 'unreadable'
      and message.id = coalesce(${id ?? null}::uuid, message.id) and (${viewer.seesOperations} or ${seesMailbox(viewer)})
    order by message.received_at desc, message.id limit ${MOST}
  `);
}

async function withHeader(context: Context, row: Row): Promise<AsideMail> {
  if (!row.mayRead || row.bytes > LARGEST_LOOKED_INTO) return { ...row, from: '', subject: '' };
  return { ...row, ...(await headerOf(context, row.id)) };
}

/** Whatever is wrong with the mail may be wrong with its header: then it has none. */
async function headerOf(context: Context, id: string): Promise<Pick<AsideMail, 'from' | 'subject'>> {
  try {
    const raw = await readSource(context, id);
    const { fields } = readHeaders(raw, 0, Math.min(raw.length, 64 * 1024));
    const [from, subject] = ['from', 'subject'].map((name) => decodeText(firstValue(fields, name)).slice(0, 300));
    return { from: from ?? '', subject: subject ?? '' };
  } catch (error) {
    context.log.debug({ error, messageId: id }, 'The header of a mail that was set aside cannot be read');
    return { from: '', subject: '' };
  }
}

async function find(context: Context, request: MemberRequest, id: string): Promise<Row> {
  const [row] = await asideOf(context, await viewerOf(request), id);
  if (row !== undefined) return row;
  throw new NotFoundError('There is no such mail', {
    field: 'id',
    remedy: 'It may have been read by now, or lie in a mailbox that is not yours.',
  });
}

const id = z.uuid('must be an id').toLowerCase();

/** For members, in the console. */
export const asideRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/aside',
    summary:
      'Mails that could not be read and were set aside: those of the own mailboxes, and of all for who sees operations',
    async handle(context, request) {
      const rows = await asideOf(context, await viewerOf(request));
      const mails: AsideMail[] = [];
      for (const row of rows) mails.push(await withHeader(context, row));
      return { body: { mails, mayRetryAll: await request.may('operations.manage') } };
    },
  },
  {
    method: 'POST',
    path: '/aside/retry',
    summary:
      'Has one of them (id) read again; without an id all of them, and what servers did not hand out asked for again',
    async handle(context, request) {
      const wanted = bodyOf(z.strictObject({ id: id.optional() }), request);
      const isOwn = wanted.id !== undefined && (await find(context, request, wanted.id)).mayRead;
      if (!isOwn && !(await request.may('operations.manage')))
        throw new ForbiddenError('Your role may not have mails of others read again', {
          remedy: 'An administrator can give the role the permission "Run deliveries again".',
        });
      return { status: 202, body: await retrySetAside(context, wanted.id) };
    },
  },
  {
    method: 'GET',
    path: '/aside/source',
    summary: 'One of them byte by byte, for who may read its mailbox (?id=ID)',
    async handle(context, request) {
      const asked = queryOf(z.object({ id }), request);
      if (!(await find(context, request, asked.id)).mayRead)
        throw new ForbiddenError('This mail lies in a mailbox that is not yours', {
          remedy: 'Its owner can download it.',
        });
      return download(await readSource(context, asked.id), { name: `${asked.id}.eml`, mimeType: 'message/rfc822' });
    },
  },
];
