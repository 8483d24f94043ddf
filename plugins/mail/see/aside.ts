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
import { discardAside, keptUntil, restoreAside } from '../receive/discard.ts';
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
  /** In English, and as a code for which the console has texts. */
  readonly problem: string;
  readonly problemCode: string;
  /** Of its header, as far as that can be read, for who may read the mailbox; else empty. */
  readonly from: string;
  readonly subject: string;
  /** Whether the viewer may read the mailbox, and so have the mail itself. */
  readonly mayRead: boolean;
  readonly mayDiscard: boolean;
  /** Who discarded it and why, and until when it can be taken back; null for one that needs a look. */
  readonly discarded: { readonly at: Date; readonly until: Date; readonly by: string; readonly reason: string } | null;
};

const MOST = 100;
/** Of larger ones the header is not looked into for a list. */
const LARGEST_LOOKED_INTO = 2 * 1024 * 1024;

type Row = Omit<AsideMail, 'from' | 'subject'>;

/** Who asks, with what somebody needs to discard mails of others: a case is changed by that, or the hub looked after. */
type Asker = Viewer & { readonly mayDiscardShared: boolean };

async function askerOf(request: MemberRequest): Promise<Asker> {
  const viewer = await viewerOf(request);
  const [manages, changes] = await Promise.all([request.may('operations.manage'), viewer.mayChangeCases()]);
  return { ...viewer, mayDiscardShared: manages || (changes && viewer.readsCases) };
}

/** What lies in a mailbox of the desk is for who reads cases; what came to a personal one is its owner's, whoever else asks. */
const seesMailbox = ({ memberId, readsCases }: Viewer) => sql`
  coalesce((box.kind = 'desk' and ${readsCases}) or box.owner_member_id = ${memberId ?? null}::uuid, false)`;

/** Mails that were set aside, the newest first: those that the viewer may read; who looks after the hub sees of the others that they are there. */
async function asideOf(context: Context, viewer: Asker, isDiscarded: boolean, id?: string): Promise<Row[]> {
  const rows = await context.tables.query<Row & Discarded>(sql`
    select message.id, coalesce(box.address, '') as mailbox, message.received_at as "receivedAt", message.bytes,
      message.problem, message.problem_code as "problemCode", ${seesMailbox(viewer)} as "mayRead",
      coalesce(box.owner_member_id = ${viewer.memberId ?? null}::uuid, ${viewer.mayDiscardShared}) as "mayDiscard",
      message.discarded_at as "discardedAt", message.discarded_by as "discardedBy", message.discard_reason as "discardReason"
    from mail_message message
    left join mail_mailbox box on box.tenant_id = ${thisTenant} and box.id = message.mailbox_id
    where message.tenant_id = ${thisTenant} and message.state = 'unreadable'
      and message.swept_at is null and (message.discarded_at is not null) = ${isDiscarded}
      and message.id = coalesce(${id ?? null}::uuid, message.id) and (${viewer.seesOperations} or ${seesMailbox(viewer)})
    order by message.received_at desc, message.id limit ${MOST}
  `);
  return rows.map(({ discardedAt: at, discardedBy: by, discardReason: reason, ...row }) => ({
    ...row,
    discarded: at === null ? null : { at, until: keptUntil(at, context.config), by, reason },
  }));
}

type Discarded = {
  readonly discardedAt: Date | null;
  readonly discardedBy: string;
  readonly discardReason: string;
};

async function withHeaders(context: Context, rows: readonly Row[]): Promise<AsideMail[]> {
  const mails: AsideMail[] = [];
  // One after another: each is read whole for its header.
  for (const row of rows) mails.push(await withHeader(context, row));
  return mails;
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

async function find(context: Context, request: MemberRequest, id: string, isDiscarded = false): Promise<Row> {
  const [row] = await asideOf(context, await askerOf(request), isDiscarded, id);
  if (row !== undefined) return row;
  throw new NotFoundError('There is no such mail', {
    field: 'id',
    remedy: 'It may have been read by now, or lie in a mailbox that is not yours.',
  });
}

function demandDiscard({ mayDiscard }: Row): void {
  if (mayDiscard) return;
  throw new ForbiddenError('You may not discard this mail', {
    remedy: 'The owner of its mailbox can; of a mailbox of the desk, whose role may change cases.',
  });
}

const id = z.uuid('must be an id').toLowerCase();

/** For members, in the console. */
export const asideRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/aside',
    summary:
      'Mails that could not be read and were set aside, and those that were discarded: of the own mailboxes, and of all for who sees operations',
    async handle(context, request) {
      const asker = await askerOf(request);
      const mails = await withHeaders(context, await asideOf(context, asker, false));
      const discarded = await withHeaders(context, await asideOf(context, asker, true));
      return { body: { mails, discarded, mayRetryAll: await request.may('operations.manage') } };
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
    method: 'POST',
    path: '/aside/discard',
    summary: 'Discards one of them (id) for a reason: it needs no look any more, and is kept for some days',
    async handle(context, request) {
      const wanted = bodyOf(z.strictObject({ id, reason: z.string().trim().min(1).max(300) }), request);
      demandDiscard(await find(context, request, wanted.id));
      await discardAside(context, wanted.id, request.member, wanted.reason);
      return { body: {} };
    },
  },
  {
    method: 'POST',
    path: '/aside/restore',
    summary: 'Takes one back that was discarded (id), as long as it is kept',
    async handle(context, request) {
      const wanted = bodyOf(z.strictObject({ id }), request);
      demandDiscard(await find(context, request, wanted.id, true));
      await restoreAside(context, wanted.id, request.member);
      return { body: {} };
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
