import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type CrmFilePlace,
  type CrmFileSource,
  type HeldRecording,
  NotFoundError,
  type OpenedCrmFile,
  recordings,
  sql,
  thisTenant,
  UpstreamError,
} from '@switchboard/core/contract';
import type { Context } from '../../services.ts';
import {
  AGENT,
  CASE,
  type Desk,
  DESK,
  mailbox,
  openTwoDesks,
  OTHER_AGENT,
  OWN,
  records as recordsOfAnna,
} from '../desk.ts';
import { ask as askAt, type Asking, outcome } from './doors.ts';

const CALL = 'c1000000-0000-4000-8000-000000000001';
const OTHER_CALL = 'c1000000-0000-4000-8000-000000000002';
const listening = ['recordings.listen'];

let desk: Desk;
let other: Desk;
let held: HeldRecording;

beforeAll(async () => {
  const both = await openTwoDesks();
  const [first] = both;
  const { id: file, bytes } = await first.context.files.put(bytesOf('Words of a caller'));
  const call = { callId: CALL, recordingId: '7', startedAt: '2026-11-22T13:05:09.000Z', extension: '101' };
  held = { ...call, file, bytes, mimeType: 'audio/wav' };
  // The telephone system's plugin offers it to both.
  [desk, other] = both.map(withRecordings) as [Desk, Desk];
  for (const { records, mailboxes } of [desk, other]) {
    records['phoneCall'] = [{ id: CALL, serviceCaseId: CASE }, { id: OTHER_CALL }];
    mailboxes.push(mailbox({ id: OWN, kind: 'member', ownerId: AGENT, address: 'agent@example.com' }));
  }
  for (const one of [desk, other]) for (const box of one.mailboxes) await store(one, box);
}, 120_000);
afterAll(async () => await desk.close());

function withRecordings(one: Desk): Desk {
  const { context } = one;
  const capability: typeof context.capability = (token) =>
    token.name === recordings.name
      ? ({ ofCalls: async (ids: readonly string[]) => (ids.includes(CALL) ? [held] : []) } as never)
      : context.capability(token);
  return { ...one, context: { ...context, capability } };
}

async function store({ context, hub }: Desk, box: ReturnType<typeof mailbox>): Promise<void> {
  await hub.hub.database.pool.query(
    `insert into mail_mailbox (tenant_id, id, kind, owner_member_id, name, address, auth, settings, rules, state, live_from)
     values ($1, $2, $3, $4, $5, $6, 'password', '{}', $7, 'active', now())`,
    [context.tenant.id, box.id, box.kind, box.ownerId ?? null, box.name, box.address, JSON.stringify(box.rules)],
  );
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const ask = async (who: string, path: string, options: Partial<Asking> = {}) =>
  await askAt(who, path, { at: desk, ...options });

/** The doors take more than sending does. */
const memory = () => (desk.context as unknown as Context).store;

let requestId = '';
beforeEach(() => {
  requestId = randomUUID();
});

const composed = (attachments: readonly object[]) => ({
  requestId,
  about: { caseId: CASE },
  to: ['anna@example.net'],
  subject: 'Plan',
  text: 'Here it is.',
  attachments,
});
const send = async (who: string, attachments: readonly object[], options: Partial<Asking> = {}) =>
  await ask(who, '/compose/send', { ...options, body: composed(attachments) });

/** Name and bytes of what the mail of this request carries. */
async function carried(): Promise<unknown> {
  const [row] = await desk.context.tables.query<{ attachments: { name: string; bytes: number }[] }>(sql`
    select attachments from mail_outgoing where tenant_id = ${thisTenant} and request_key = ${requestId}`);
  return row?.attachments.map(({ name, bytes }) => ({ name, bytes }));
}

async function uploaded(who: string, text: string): Promise<string> {
  const { body } = await ask(who, '/compose/upload', { body: Buffer.from(text) });
  return (body as { upload: string }).upload;
}

const offered = async (who: string, options: Partial<Asking> = {}) => {
  const { body } = await ask(who, `/compose/about?caseId=${CASE}`, options);
  return (body as { files: { kind: string; name: string }[] }).files.map(({ kind, name }) => `${kind} ${name}`);
};

describe('a file of a mail that was sent', () => {
  const sentBy = async (mailboxId: string) => {
    const upload = await uploaded(AGENT, 'A plan');
    const { body } = await ask(AGENT, '/compose/send', {
      body: { ...composed([{ upload, name: 'plan.txt' }]), mailboxId },
    });
    requestId = randomUUID();
    return (body as { mails: { mailId: string }[] }).mails[0]?.mailId ?? '';
  };

  test('can go with another one, of whoever sees that mail', async () => {
    const mailId = await sentBy(DESK);
    expect(await offered(OTHER_AGENT)).toContain('sent plan.txt');
    expect(await outcome(send(OTHER_AGENT, [{ mailId, kind: 'sent', section: '0' }]))).toBe(202);
    expect(await carried()).toEqual([{ name: 'plan.txt', bytes: 6 }]);
  });

  test('goes with no mail of who does not see that mail, and of nobody elsewhere', async () => {
    const mailId = await sentBy(OWN);
    const attachments = [{ mailId, kind: 'sent', section: '0' }];
    expect(await outcome(send(OTHER_AGENT, attachments))).toBe('not-found');
    expect(await outcome(send(AGENT, [{ mailId, kind: 'sent', section: '1' }]))).toBe('not-found');
    expect(await outcome(send(AGENT, attachments, { at: other }))).toBe('not-found');
    expect(await outcome(send(AGENT, attachments))).toBe(202);
  });
});

describe('a recording of a call', () => {
  const attachments = [{ callId: CALL, recordingId: '7' }];
  const audited = async () =>
    (
      await desk.hub.hub.database.pool.query<{ actor: string; subject: string }>(
        `select actor, subject from audit_entry where action = 'recording.mailed' and details ->> 'requestId' = $1`,
        [requestId],
      )
    ).rows;

  test('is offered to and sent by who may hear it, and written down once', async () => {
    expect(await offered(AGENT, { may: listening })).toContain('recording call-2026-11-22-14-05-09.wav');
    for (let again = 0; again < 2; again += 1)
      expect(await outcome(send(AGENT, attachments, { may: listening }))).toBe(202);
    expect(await carried()).toEqual([{ name: 'call-2026-11-22-14-05-09.wav', bytes: held.bytes }]);
    expect(await audited()).toEqual([{ actor: 'member@example.com', subject: `phoneCall/${CALL}` }]);
  });

  test('is not sent by who may not hear it, or not see the call; and a preview of it is no sending', async () => {
    expect(await offered(AGENT)).not.toContain('recording call-2026-11-22-14-05-09.wav');
    expect(await outcome(send(AGENT, attachments))).toBe('forbidden');
    expect(await outcome(send(AGENT, attachments, { may: listening, hidden: ['phoneCall'] }))).toBe('not-found');
    expect(await outcome(send('operator', attachments))).toBe('forbidden');
    const missing = [{ callId: OTHER_CALL, recordingId: '7' }];
    expect(await outcome(send(AGENT, missing, { may: listening }))).toBe('not-found');
    const body = composed(attachments);
    expect(await outcome(ask(AGENT, '/compose/preview', { body, may: listening }))).toBe(200);
    expect(await audited()).toEqual([]);
  });
});

describe('what people put to the case in Twenty', () => {
  const attachmentId = 'f1000000-0000-4000-8000-000000000001';
  const file = { attachmentId, fileId: 'f-1' };
  const lying = 'Lies in Twenty';
  let asked: CrmFilePlace[];
  let answer: () => Promise<OpenedCrmFile>;
  /** The doors take more than sending does. */
  const at = (from: Desk = desk): Desk => {
    const crmFiles: CrmFileSource = {
      open: async (place) => {
        asked.push(place);
        return await answer();
      },
    };
    const more = { crmFiles };
    return { ...from, context: { ...from.context, ...more } };
  };
  const take = async (who: string, body: object = file, options: Partial<Asking> = {}) =>
    await ask(who, '/compose/take-file', { at: at(), ...options, body });

  beforeEach(() => {
    asked = [];
    answer = async () => ({ name: 'Plan\u202e ../of "lift".pdf', content: bytesOf(lying) });
    const createdBy = { source: 'MANUAL', name: 'Robin Example' };
    const common = { createdAt: '2026-11-22T10:00:00.000Z', createdBy, targetServiceCaseId: CASE };
    const merged = 'c0000000-0000-4000-8000-000000000002';
    desk.records['serviceCase'] = [...recordsOfAnna()['serviceCase']!, { id: merged, mergedIntoId: CASE }];
    desk.records['attachment'] = [
      { ...common, id: attachmentId, file: [{ fileId: 'f-1', label: 'Plan ../of "lift"', extension: '.pdf' }] },
      // As Twenty tells of it in a webhook, and on a case that was merged into this one.
      { ...common, id: randomUUID(), file: [{ fileId: 'f-2', label: 'photo.jpg' }], targetServiceCaseId: merged },
      { ...common, id: randomUUID(), file: [{ fileId: 'f-3', label: 'other.txt' }], targetServiceCaseId: undefined },
      { ...common, id: randomUUID(), file: null },
    ];
  });

  test('is offered with who put it there, and goes as it was when it was chosen', async () => {
    const { body } = await ask(AGENT, `/compose/about?caseId=${CASE}`);
    const files = (body as { files: { kind: string }[] }).files.filter(({ kind }) => kind === 'attached');
    expect(files).toMatchObject([
      { ...file, name: 'Plan .._of _lift_.pdf', by: 'Robin Example' },
      { fileId: 'f-2', name: 'photo.jpg' },
    ]);
    const { status, body: taken } = await take(AGENT);
    expect({ status, taken }).toMatchObject({
      status: 201,
      taken: { bytes: lying.length, name: 'Plan .._of _lift_.pdf' },
    });
    expect(asked).toEqual([{ object: 'attachment', recordId: attachmentId, field: 'file', fileId: 'f-1' }]);
    // Twenty may lose it from here on: nobody asks for it again.
    answer = async () => await Promise.reject(new UpstreamError('Twenty could not be reached'));
    const { upload, name } = taken as { upload: string; name: string };
    expect(await outcome(send(AGENT, [{ upload, name }]))).toBe(202);
    expect(await carried()).toEqual([{ name, bytes: lying.length }]);
  });

  test('chosen twice is there once', async () => {
    const [first, second] = [await take(AGENT), await take(AGENT)];
    expect(first.body).toEqual(second.body);
  });

  test('is not handed out to who may not see the case or the file, or names another one; nor is Twenty asked', async () => {
    expect(await outcome(take(AGENT, file, { readsCases: false }))).toBe('not-found');
    for (const hidden of ['attachment', 'attachment.file', 'attachment.targetServiceCaseId', 'serviceCase'])
      expect(await outcome(take(AGENT, file, { hidden: [hidden] }))).toBe('not-found');
    expect(await outcome(take(AGENT, { ...file, fileId: 'f-2' }))).toBe('not-found');
    expect(await outcome(take(AGENT, { ...file, attachmentId: randomUUID() }))).toBe('not-found');
    const onNoCase = desk.records['attachment']!.find(({ targetServiceCaseId }) => targetServiceCaseId === undefined)!;
    expect(await outcome(take(AGENT, { attachmentId: onNoCase.id, fileId: 'f-3' }))).toBe('not-found');
    expect(await outcome(take(AGENT, file, { at: at(other) }))).toBe('not-found');
    expect(asked).toEqual([]);
  });

  test('that is gone, silent, broken off, empty or too large is refused with a reason, and leaves nothing', async () => {
    async function* brokenOff(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('begins');
      throw new UpstreamError('The file did not come whole');
    }
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; sent < 19; sent += 1) yield Buffer.alloc(1024 * 1024, 1);
    }
    async function* empty(): AsyncGenerator<Uint8Array> {}
    const cases: [string, () => Promise<OpenedCrmFile>][] = [
      ['mail.case-file-gone', async () => await Promise.reject(new NotFoundError('gone'))],
      ['mail.case-file-silent', async () => await Promise.reject(new UpstreamError('down'))],
      ['mail.case-file-silent', async () => ({ name: 'a.txt', content: brokenOff() })],
      ['mail.case-file-size', async () => ({ name: 'a.txt', content: large() })],
      ['mail.case-file-size', async () => ({ name: 'a.txt', content: empty() })],
    ];
    const before = await memory().range(`upload/${OTHER_AGENT}/`, `upload/${OTHER_AGENT}0`, 1000);
    for (const [reason, given] of cases) {
      answer = given;
      await expect(take(OTHER_AGENT)).rejects.toMatchObject({ reason, remedy: expect.any(String) });
    }
    expect(await memory().range(`upload/${OTHER_AGENT}/`, `upload/${OTHER_AGENT}0`, 1000)).toEqual(before);
  });
});

describe('uploads', () => {
  test('of one member may wait up to a limit; what was sent makes room', async () => {
    const waiting = { bytes: 255 * 1024 * 1024, until: new Date(Date.now() + 60_000).toISOString(), isSent: false };
    const key = `upload/${AGENT}/lies-here`;
    await memory().set(key, waiting);
    const large = Buffer.alloc(2 * 1024 * 1024, 1);
    const upload = (who: string) => ask(who, '/compose/upload', { body: large });
    await expect(upload(AGENT)).rejects.toMatchObject({
      code: 'rate-limited',
      remedy: expect.stringContaining('Send'),
    });
    expect(await outcome(upload(OTHER_AGENT))).toBe(201);
    await memory().set(key, { ...waiting, isSent: true });
    expect(await outcome(upload(AGENT))).toBe(201);
    await memory().delete(key);
  });

  test('that were sent take no room any more, and are still there for the same request', async () => {
    const upload = await uploaded(AGENT, 'Goes');
    const attachments = [{ upload, name: 'goes.txt' }];
    expect(await outcome(send(AGENT, attachments))).toBe(202);
    expect(await memory().get(`upload/${AGENT}/${upload}`)).toMatchObject({ isSent: true, bytes: 4 });
    expect(await outcome(send(AGENT, attachments))).toBe(202);
  });

  test('larger than any mail, and empty ones, are refused', async () => {
    for (const body of [Buffer.alloc(18 * 1024 * 1024 + 1), Buffer.alloc(0)])
      expect(await outcome(ask(AGENT, '/compose/upload', { body }))).toBe('payload');
  });
});
