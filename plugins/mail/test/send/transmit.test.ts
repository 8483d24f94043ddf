import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type MailRequest, sql, thisTenant } from '@switchboard/core/contract';
import { fileMessages } from '../../file/file-messages.ts';
import type { SendContext } from '../../send/context.ts';
import { decideLost } from '../../send/decide-lost.ts';
import { findOutgoing } from '../../send/outgoing.ts';
import { UNDER_WAY_MS } from '../../send/dialogue.ts';
import { rawOf } from '../../send/raw.ts';
import { copyMail, lookForMail } from '../../send/sent-copy.ts';
import { transmit } from '../../send/transmit.ts';
import { AGENT, type Desk, openDesk } from '../desk.ts';
import { acceptMail, beginAnew, runOf, statesOf } from './sending.ts';
import { type Smtp, startSmtp } from './smtp.ts';

let desk: Desk;
let smtp: Smtp;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

beforeEach(async () => {
  smtp = await beginAnew(desk);
});
const closing: Smtp[] = [];
beforeEach(() => void closing.push(smtp));
afterAll(async () => void (await Promise.all(closing.map((one) => one.close()))));

const accepted = (change?: Partial<MailRequest>) => acceptMail(desk, change);
const states = (mailId: string) => statesOf(desk, mailId);
const stateOf = async (mailId: string) => Object.values(await states(mailId))[0];
const statusOf = async () => (await desk.written('caseMessage')).at(-1)?.['status'];

describe('a mail that the server takes', () => {
  test('is the stored bytes, to all recipients, and is told to the case', async () => {
    const mailId = await accepted({ cc: ['boss@example.net'], bcc: ['archive@example.org'] });
    await transmit(desk.context, mailId, runOf());
    const [mail] = smtp.taken;
    const stored = await findOutgoing(desk.context.tables, mailId);
    if (stored === undefined) throw new Error('It is not stored');
    expect(mail?.raw.equals(await rawOf(desk.context, stored))).toBe(true);
    expect(mail?.to.toSorted()).toEqual(['anna@example.net', 'archive@example.org', 'boss@example.net']);
    expect(mail?.raw.toString()).not.toContain('archive@example.org');
    expect(mail?.from).toBe('desk@example.com');
    expect(stored.state).toBe('done');
    expect(await statusOf()).toBe('SENT');
    expect((await desk.written('caseEntry'))[0]).toMatchObject({
      kind: 'MAIL_SENT',
      actorName: 'Ada Agent',
      memberId: AGENT,
    });
  });

  test('goes once, whatever number of times the job runs', async () => {
    const mailId = await accepted();
    for (let run = 0; run < 3; run += 1) await transmit(desk.context, mailId, runOf());
    expect(smtp.taken).toHaveLength(1);
  });

  test('goes once when two run at the same time', async () => {
    const mailId = await accepted();
    await Promise.allSettled([transmit(desk.context, mailId, runOf()), transmit(desk.context, mailId, runOf())]);
    expect(smtp.taken).toHaveLength(1);
    expect(await stateOf(mailId)).toBe('accepted');
  });

  test('of the hub itself has an empty sender and says that it is automatic', async () => {
    await transmit(desk.context, await accepted({ by: 'hub' }), runOf());
    expect(smtp.taken[0]?.from).toBe('');
    expect(smtp.taken[0]?.raw.toString()).toContain('Auto-Submitted: auto-generated');
  });
});

describe('a line that breaks', () => {
  test.each(['connect', 'mail', 'rcpt'] as const)('at %s leaves the mail to the next try', async (step) => {
    const mailId = await accepted();
    smtp.faults.push({ step, does: 'cut' });
    await expect(transmit(desk.context, mailId, runOf())).rejects.toMatchObject({ retry: 'backoff' });
    expect(await stateOf(mailId)).toBe('queued');
    await transmit(desk.context, mailId, runOf(2));
    expect(await stateOf(mailId)).toBe('accepted');
    expect(smtp.taken).toHaveLength(1);
  });

  test('in the middle of the message leaves it to the next try: the server never saw its end', async () => {
    const large = await desk.context.files.put(repeated(12));
    const mailId = await accepted({ attachments: [{ file: large.id, name: 'plan.bin' }] });
    smtp.faults.push({ step: 'data', does: 'cut' });
    await expect(transmit(desk.context, mailId, runOf())).rejects.toMatchObject({ retry: 'backoff' });
    expect(await stateOf(mailId)).toBe('queued');
    await transmit(desk.context, mailId, runOf(2));
    expect(smtp.taken).toHaveLength(1);
  });

  test('after the end of the message leaves it to a person: it is never sent again by itself', async () => {
    const mailId = await accepted();
    smtp.faults.push({ step: 'dot', does: 'cut' });
    await transmit(desk.context, mailId, runOf());
    expect(await stateOf(mailId)).toBe('unknown');
    expect(await statusOf()).toBe('QUEUED');
    await transmit(desk.context, mailId, runOf(2));
    expect(smtp.taken).toHaveLength(1);
    expect(
      desk.jobs.some(
        ({ type, payload }) => type.name === 'mail.look-in-sent' && (payload as { mailId: string }).mailId === mailId,
      ),
    ).toBe(true);
  });

  async function* repeated(mebibytes: number) {
    for (let index = 0; index < mebibytes; index += 1) yield Buffer.alloc(1024 * 1024, index);
  }
});

describe('a mail whose acceptance was lost', () => {
  async function lost(): Promise<string> {
    const mailId = await accepted();
    smtp.faults.push({ step: 'dot', does: 'cut' });
    await transmit(desk.context, mailId, runOf());
    return mailId;
  }
  const signal = new AbortController().signal;

  test('is settled when it lies in Sent, and stays open when it does not', async () => {
    const mailId = await lost();
    await lookForMail(desk.context, mailId, signal);
    expect(await stateOf(mailId)).toBe('unknown');
    desk.sent.folder = { ...desk.sent.folder, has: async () => true };
    await lookForMail(desk.context, mailId, signal);
    expect(await stateOf(mailId)).toBe('accepted');
    expect(await statusOf()).toBe('SENT');
  });

  test('is settled by the answer to it', async () => {
    const mailId = await lost();
    const mail = await findOutgoing(desk.context.tables, mailId);
    const reply = await desk.addMessage({ from: 'anna@example.net', inReplyTo: mail?.messageId ?? '' });
    await fileMessages(desk.context, [reply]);
    expect(await stateOf(mailId)).toBe('accepted');
  });

  test('is sent again when a person says so, as the same mail', async () => {
    const mailId = await lost();
    await decideLost(desk.context, mailId, { decision: 'send-again', by: 'Ada' });
    await transmit(desk.context, mailId, runOf());
    expect(smtp.taken).toHaveLength(2);
    expect(smtp.taken[0]?.raw.equals(smtp.taken[1]?.raw ?? Buffer.alloc(0))).toBe(true);
    expect(await stateOf(mailId)).toBe('accepted');
  });

  test('is left alone when a person says that it arrived; the second opinion comes too late', async () => {
    const mailId = await lost();
    await decideLost(desk.context, mailId, { decision: 'arrived', by: 'Ada' });
    expect(await stateOf(mailId)).toBe('accepted');
    await expect(decideLost(desk.context, mailId, { decision: 'send-again', by: 'Bob' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await transmit(desk.context, mailId, runOf());
    expect(smtp.taken).toHaveLength(1);
  });
});

describe('a server that says no', () => {
  test.each([
    ['connect', 421],
    ['mail', 450],
    ['mail', 421],
    ['rcpt', 451],
    ['dot', 452],
    ['mail', 503],
  ] as const)('for now, at %s with %i, is asked again', async (step, code) => {
    const mailId = await accepted();
    smtp.faults.push({ step, does: { code } });
    await expect(transmit(desk.context, mailId, runOf())).rejects.toMatchObject({ retry: 'backoff' });
    expect(await stateOf(mailId)).toBe('queued');
    await transmit(desk.context, mailId, runOf(2));
    expect(await stateOf(mailId)).toBe('accepted');
    expect(smtp.taken).toHaveLength(1);
  });

  test.each([
    ['mail', 550],
    ['rcpt', 550],
    ['dot', 554],
  ] as const)('for good, at %s with %i, is believed', async (step, code) => {
    const mailId = await accepted();
    smtp.faults.push({ step, does: { code, text: '5.7.1 Not from you' } });
    await transmit(desk.context, mailId, runOf());
    expect(await stateOf(mailId)).toBe('failed');
    expect((await desk.written('caseMessage')).at(-1)).toMatchObject({ status: 'FAILED' });
    expect((await desk.written('caseEntry'))[0]).toMatchObject({ kind: 'MAIL_FAILED' });
    await transmit(desk.context, mailId, runOf(2));
    expect(smtp.taken).toHaveLength(0);
  });

  test('to some recipients tells each of them apart', async () => {
    const mailId = await accepted({ cc: ['gone@example.net', 'later@example.net'] });
    smtp.refused.set('gone@example.net', 550);
    smtp.refused.set('later@example.net', 450);
    await expect(transmit(desk.context, mailId, runOf())).rejects.toMatchObject({ retry: 'backoff' });
    expect(await states(mailId)).toEqual({
      'anna@example.net': 'accepted',
      'gone@example.net': 'failed',
      'later@example.net': 'queued',
    });
    smtp.refused.clear();
    await transmit(desk.context, mailId, runOf(2));
    expect(smtp.taken.map(({ to }) => to)).toEqual([['anna@example.net'], ['later@example.net']]);
    expect((await desk.written('caseMessage')).at(-1)).toMatchObject({ status: 'SENT' });
    expect((await desk.written('caseMessage')).at(-1)?.['failureReason']).toContain('gone@example.net');
  });

  test('for a day is given up, and the author learns why', async () => {
    const mailId = await accepted();
    smtp.faults.push({ step: 'mail', does: { code: 451, text: '4.3.0 Try later' } });
    await transmit(desk.context, mailId, runOf(10));
    expect(await stateOf(mailId)).toBe('failed');
    expect((await desk.written('caseMessage')).at(-1)?.['failureReason']).toContain('4.3.0');
  });

  test('is not talked to without a certificate that can be trusted', async () => {
    const stranger = await startSmtp({ startTls: true });
    closing.push(stranger);
    desk.line.account = stranger.account;
    const mailId = await accepted();
    await expect(transmit(desk.context, mailId, runOf())).rejects.toMatchObject({ retry: 'backoff' });
    expect(stranger.taken).toHaveLength(0);
    expect(await stateOf(mailId)).toBe('queued');
  });
});

describe('a hub that dies', () => {
  class Killed extends Error {}

  /** So late that no run can wait for an answer any more. */
  const later = () => {
    const now = desk.clock.now() + UNDER_WAY_MS + 60_000;
    desk.clock.now = () => now;
  };

  /** The host's commit, dead before or after one of its calls; nothing works after it. */
  function dying(at: number, when: 'before' | 'after'): SendContext {
    let calls = 0;
    const dead = () => calls > at;
    return {
      ...desk.context,
      commit: async (changes) => {
        if (dead() || (calls === at && when === 'before')) {
          calls = at + 1;
          throw new Killed();
        }
        await desk.context.commit(changes);
        calls += 1;
        if (dead() && when === 'after') throw new Killed();
      },
    };
  }

  const deaths = [0, 1, 2].flatMap((at) => (['before', 'after'] as const).map((when) => [when, at] as const));

  test.each(deaths)('%s commit %i leaves at most one mail, and none that nobody knows of', async (when, at) => {
    const mailId = await accepted();
    await transmit(dying(at, when), mailId, runOf()).catch(() => {});
    later();
    for (let run = 2; run < 4; run += 1) await transmit(desk.context, mailId, runOf(run)).catch(() => {});
    expect(smtp.taken.length).toBeLessThanOrEqual(1);
    const state = await stateOf(mailId);
    if (state === 'accepted') expect(smtp.taken).toHaveLength(1);
    else expect(state).toBe('unknown');
  });

  test('while the server answers leaves the mail to a person', async () => {
    const mailId = await accepted();
    const context = dying(2, 'before');
    await transmit(context, mailId, runOf()).catch(() => {});
    expect(smtp.taken).toHaveLength(1);
    expect(await stateOf(mailId)).toBe('sending');
    await expect(transmit(desk.context, mailId, runOf(2))).rejects.toMatchObject({ code: 'postponed' });
    later();
    await transmit(desk.context, mailId, runOf(2));
    expect(await stateOf(mailId)).toBe('unknown');
    expect(smtp.taken).toHaveLength(1);
  });

  test('by the look of it, and still waits for the answer, is not sent again by anybody', async () => {
    const mailId = await accepted();
    smtp.beforeAnswer = async () => {
      smtp.beforeAnswer = async () => {};
      await expect(transmit(desk.context, mailId, runOf(2))).rejects.toMatchObject({ code: 'postponed' });
      await expect(decideLost(desk.context, mailId, { decision: 'send-again', by: 'Ada' })).rejects.toMatchObject({
        code: 'conflict',
      });
      await transmit(desk.context, mailId, runOf(3)).catch(() => {});
    };
    await transmit(desk.context, mailId, runOf());
    expect(await stateOf(mailId)).toBe('accepted');
    await transmit(desk.context, mailId, runOf(4));
    expect(smtp.taken).toHaveLength(1);
  });

  test('for a while in the moment before it hands the mail over lets go of it', async () => {
    const mailId = await accepted();
    const asleep: SendContext = {
      ...desk.context,
      commit: async (changes) => {
        await desk.context.commit(changes);
        later();
      },
    };
    await expect(transmit(asleep, mailId, runOf())).rejects.toMatchObject({ code: 'postponed' });
    expect(smtp.taken).toHaveLength(0);
    expect(await stateOf(mailId)).toBe('queued');
    await transmit(desk.context, mailId, runOf(2));
    expect(smtp.taken).toHaveLength(1);
  });

  test('and comes back late still says that the mail was accepted', async () => {
    const mailId = await accepted();
    // While the server thinks, another process believes that this one is dead.
    smtp.beforeAnswer = async () => {
      smtp.beforeAnswer = async () => {};
      later();
      await transmit(desk.context, mailId, runOf(2));
      expect(await stateOf(mailId)).toBe('unknown');
    };
    await transmit(desk.context, mailId, runOf());
    expect(await stateOf(mailId)).toBe('accepted');
    expect(smtp.taken).toHaveLength(1);
  });
});

describe('the copy in Sent', () => {
  const folder = (change: Partial<Desk['sent']['folder']>) => {
    const copies: Buffer[] = [];
    desk.sent.folder = {
      isFilledByProvider: false,
      has: async () => false,
      append: async (raw) => void copies.push(raw),
      ...change,
    };
    return copies;
  };
  const copyState = async (mailId: string) => (await findOutgoing(desk.context.tables, mailId))?.copyState;

  test('is the very bytes that were sent, once', async () => {
    const copies = folder({});
    const mailId = await accepted();
    await transmit(desk.context, mailId, runOf());
    await copyMail(desk.context, mailId, runOf());
    await copyMail(desk.context, mailId, runOf(2));
    expect(copies).toHaveLength(1);
    expect(copies[0]?.equals(smtp.taken[0]?.raw ?? Buffer.alloc(0))).toBe(true);
    expect(await copyState(mailId)).toBe('there');
  });

  test('is not made where it lies already, nor where the provider makes it', async () => {
    const copies = folder({ has: async () => true });
    const mailId = await accepted();
    await transmit(desk.context, mailId, runOf());
    await copyMail(desk.context, mailId, runOf());
    expect(await copyState(mailId)).toBe('there');
    folder({ isFilledByProvider: true });
    const other = await accepted();
    await transmit(desk.context, other, runOf());
    await copyMail(desk.context, other, runOf());
    expect(await copyState(other)).toBe('by-provider');
    expect(copies).toHaveLength(0);
  });

  test('may fail for ever: the mail stays sent and is not sent again', async () => {
    folder({ append: () => Promise.reject(new Error('No space left on device')) });
    const mailId = await accepted();
    await transmit(desk.context, mailId, runOf());
    await expect(copyMail(desk.context, mailId, runOf())).rejects.toThrow('No space');
    await copyMail(desk.context, mailId, runOf(8));
    expect(await copyState(mailId)).toBe('failed');
    await transmit(desk.context, mailId, runOf(9));
    expect(smtp.taken).toHaveLength(1);
    expect(await stateOf(mailId)).toBe('accepted');
  });
});

test('an address that came from elsewhere cannot bring a command of its own', async () => {
  const mailId = await accepted();
  await desk.context.tables.query(sql`
    update mail_outgoing set people = replace(people::text, 'anna@example.net', 'anna@example.net>\\r\\nRCPT TO:<eve@example.org')::jsonb
    where tenant_id = ${thisTenant} and id = ${mailId}
  `);
  await transmit(desk.context, mailId, runOf()).catch(() => {});
  expect(smtp.taken.flatMap(({ to }) => to)).not.toContain('eve@example.org');
});
