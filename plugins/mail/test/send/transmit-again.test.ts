import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CredentialsError,
  type MailRequest,
  RefusedError,
  sql,
  thisTenant,
  UpstreamError,
} from '@switchboard/core/contract';
import type { SendContext } from '../../send/context.ts';
import { decideLost } from '../../send/decide-lost.ts';
import { findOutgoing, transmissionsOf } from '../../send/outgoing.ts';
import { transmit } from '../../send/transmit.ts';
import { tryAgain } from '../../send/try-again.ts';
import { AGENT, type Desk, openDesk } from '../desk.ts';
import { acceptMail, beginAnew, runOf, statesOf } from './sending.ts';
import type { Smtp } from './smtp.ts';

let desk: Desk;
let smtp: Smtp;
const closing: Smtp[] = [];

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());
beforeEach(async () => {
  smtp = await beginAnew(desk);
  closing.push(smtp);
});
afterAll(async () => void (await Promise.all(closing.map((one) => one.close()))));

const accepted = (change?: Partial<MailRequest>) => acceptMail(desk, change);
const states = (mailId: string) => statesOf(desk, mailId);
const stateOf = async (mailId: string) => Object.values(await states(mailId))[0];
const statusOf = async () => (await desk.written('caseMessage')).at(-1)?.['status'];
/** The queue drops what comes under a key that it has seen. */
const keysOf = (type: string, mailId: string) => [
  ...new Set(
    desk.jobs
      .filter((job) => job.type.name === type && (job.payload as { mailId: string }).mailId === mailId)
      .map(({ dedupeKey }) => dedupeKey),
  ),
];

function withSmtp(account: SendContext['services']['smtp']): SendContext {
  return { ...desk.context, services: { ...desk.context.services, smtp: account } };
}

describe('a mail that is tried again', () => {
  test('that the server refused before it began goes as often as its author wants', async () => {
    const requestId = crypto.randomUUID();
    const mailId = await accepted({ requestId });
    for (let round = 0; round < 3; round += 1) {
      smtp.faults.push({ step: 'rcpt', does: { code: 550 } });
      await transmit(desk.context, mailId, runOf());
      expect(await stateOf(mailId)).toBe('failed');
      expect(await tryAgain(desk.context, { requestId, by: { memberId: AGENT } })).toEqual({ mails: 1 });
    }
    expect(keysOf('mail.transmit', mailId)).toHaveLength(4);
    await transmit(desk.context, mailId, runOf());
    expect(await stateOf(mailId)).toBe('accepted');
    expect(smtp.taken).toHaveLength(1);
  });

  test('while another run has it leaves nobody out whom that run knows not of', async () => {
    const requestId = crypto.randomUUID();
    const mailId = await accepted({ requestId, cc: ['gone@example.net'] });
    smtp.refused.set('gone@example.net', 550).set('anna@example.net', 450);
    await transmit(desk.context, mailId, runOf()).catch(() => {});
    expect(await states(mailId)).toEqual({ 'anna@example.net': 'queued', 'gone@example.net': 'failed' });
    smtp.refused.clear();
    const [reached, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const early = transmit(
      withSmtp(async () => {
        reached.resolve();
        await mayGoOn.promise;
        return smtp.account;
      }),
      mailId,
      runOf(2),
    );
    await reached.promise;
    await tryAgain(desk.context, { requestId, by: { memberId: AGENT } });
    const late = withSmtp(async () => {
      mayGoOn.resolve();
      await early;
      return smtp.account;
    });
    await expect(transmit(late, mailId, runOf())).rejects.toMatchObject({ code: 'postponed' });
    await transmit(desk.context, mailId, runOf());
    expect(smtp.taken.map(({ to }) => to)).toEqual([['anna@example.net'], ['gone@example.net']]);
  });

  test('whose acceptance is lost is looked for each time, and sent again each time that a person says so', async () => {
    const mailId = await accepted();
    smtp.faults.push({ step: 'dot', does: 'cut' });
    await transmit(desk.context, mailId, runOf());
    for (let round = 1; round < 3; round += 1) {
      await decideLost(desk.context, mailId, { decision: 'send-again', by: 'Ada' });
      smtp.faults.push({ step: 'dot', does: 'cut' });
      await transmit(desk.context, mailId, runOf());
    }
    expect(keysOf('mail.look-in-sent', mailId)).toHaveLength(3);
    expect(keysOf('mail.transmit', mailId)).toHaveLength(3);
  });
});

describe('a mail that never comes to a server', () => {
  const tooPrivate = () =>
    withSmtp(() => Promise.reject(new RefusedError('The address of mail.example.com is not public')));
  const noName = () =>
    withSmtp(() => Promise.reject(new UpstreamError('The name mail.example.com cannot be resolved')));
  const reasonOf = async () => (await desk.written('caseMessage')).at(-1)?.['failureReason'];

  test('because its server must not be called has failed, is told, and can be tried again', async () => {
    const requestId = crypto.randomUUID();
    const mailId = await accepted({ requestId });
    await transmit(tooPrivate(), mailId, runOf());
    expect(await stateOf(mailId)).toBe('failed');
    expect((await findOutgoing(desk.context.tables, mailId))?.state).toBe('done');
    expect(await reasonOf()).toContain('is not public');
    expect((await desk.written('caseEntry'))[0]).toMatchObject({ kind: 'MAIL_FAILED' });
    await tryAgain(desk.context, { requestId, by: { memberId: AGENT } });
    await transmit(desk.context, mailId, runOf());
    expect(smtp.taken).toHaveLength(1);
  });

  test('because its bytes are gone has failed', async () => {
    const mailId = await accepted();
    await desk.context.tables.query(sql`
      update mail_outgoing set raw_file = gen_random_uuid() where tenant_id = ${thisTenant} and id = ${mailId}
    `);
    await transmit(desk.context, mailId, runOf());
    expect(await stateOf(mailId)).toBe('failed');
    expect(await statusOf()).toBe('FAILED');
  });

  test('because the name of the server is unknown is tried for a day, then has failed', async () => {
    const mailId = await accepted();
    await expect(transmit(noName(), mailId, runOf(9))).rejects.toMatchObject({ retry: 'backoff' });
    expect(await stateOf(mailId)).toBe('queued');
    await transmit(noName(), mailId, runOf(10));
    expect(await stateOf(mailId)).toBe('failed');
    expect(await reasonOf()).toContain('cannot be resolved');
  });

  test('because the plugin has to wait for an admin waits with it', async () => {
    const mailId = await accepted();
    const refused = withSmtp(() => Promise.reject(new CredentialsError('The key is not taken')));
    await expect(transmit(refused, mailId, runOf(10))).rejects.toMatchObject({ pausesPlugin: true });
    expect(await stateOf(mailId)).toBe('queued');
  });

  test('because its mailbox was removed has failed, and says so', async () => {
    const mailId = await accepted();
    desk.mailboxes.length = 0;
    await transmit(desk.context, mailId, runOf());
    const [transmission] = await transmissionsOf(desk.context.tables, [mailId]);
    expect(transmission).toMatchObject({ state: 'failed', answer: expect.stringContaining('removed') });
    expect((await findOutgoing(desk.context.tables, mailId))?.state).toBe('done');
  });
});
