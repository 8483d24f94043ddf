import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { dkimSign } from 'mailauth';
import { createLookups } from '../../client/lookups.ts';
import { config as settings } from '../../config.ts';
import { verifySenders } from '../../prove/verify-senders.ts';
import { proofOf } from '../../see/sender-proof.ts';
import { pack } from '../../receive/pack.ts';
import type { SenderCheck } from '../../prove/checks.ts';
import type { Resolver } from '../../understand/authentication/verify.ts';
import { understand } from '../../understand/understand.ts';
import { type Desk, openDesk } from '../desk.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const names: Readonly<Record<string, string>> = {
  's1._domainkey.example.com': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  '_dmarc.example.com': 'v=DMARC1; p=reject',
  '_dmarc.example.net': 'v=DMARC1; p=none',
};
const nothing = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
const dns: Resolver = (domain) =>
  names[domain] === undefined ? nothing('ENOTFOUND') : Promise.resolve([[names[domain]]]);
const down: Resolver = () => nothing('ETIMEOUT');

const mailOf = (domain: string) =>
  `From: Jane <jane@${domain}>\r\nTo: desk@example.org\r\nSubject: Hello\r\nDate: Mon, 10 Mar 2025 10:00:00 +0000\r\nMessage-ID: <${crypto.randomUUID()}@${domain}>\r\n\r\nHello.\r\n`;
const signatureOf = async (raw: string, signingDomain = 'example.com') => {
  const key = { signingDomain, selector: 's1', privateKey };
  return (await dkimSign(raw, { ...key, signatureData: [key] })).signatures;
};
const signed = async (raw: string) => (await signatureOf(raw)) + raw;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 60_000);
afterAll(async () => await desk.close());

async function stored(raw: string, more: { readonly isHistory?: boolean; readonly isOutgoing?: boolean } = {}) {
  const bytes = Buffer.from(raw, 'latin1');
  const { authentication } = await understand(bytes, { trustedServers: ['mx.example.org'] });
  const id = await desk.addMessage({ from: 'jane@example.com', understood: { authentication }, ...more });
  await desk.context.tables.query(sql`
    insert into mail_source (tenant_id, message_id, bytes) values (${thisTenant}, ${id}, ${pack(bytes)})`);
  return id;
}

type Given = { readonly tried?: number; readonly signal?: AbortSignal; readonly isOff?: boolean };

async function run(messageIds: readonly string[], lookUp: Resolver, given: Given = {}) {
  const { tried = 0, signal = new AbortController().signal, isOff = false } = given;
  const context = { ...desk.context, config: settings.parse({ verifySenders: !isOff }), services: { lookUp } };
  await verifySenders(context, { messageIds, tried }, signal);
}

async function checkOf(id: string): Promise<SenderCheck | null> {
  const [row] = await desk.context.tables.query<SenderCheck>(
    sql`select * from mail_authentication where tenant_id = ${thisTenant} and message_id = ${id}::uuid`,
  );
  return row ?? null;
}

const proof = async (id: string) => proofOf(await checkOf(id), null);
const jobsFor = (id: string) =>
  desk.jobs.filter(({ payload }) => (payload as { messageIds?: string[] }).messageIds?.includes(id));

test('a signed mail is proven; a changed and an unsigned one of a domain that asks for refusal are suspicious', async () => {
  const good = await stored(await signed(mailOf('example.com')));
  const changed = await stored((await signed(mailOf('example.com'))).replace('Hello.', 'Hello!'));
  const bare = await stored(mailOf('example.com'));
  await run([good, changed, bare], dns);
  expect(await proof(good)).toMatchObject({ verdict: 'proven', by: 'hub', dkim: 'pass', policy: 'reject' });
  expect(await proof(changed)).toMatchObject({ verdict: 'suspicious', domain: 'example.com', dmarc: 'fail' });
  expect(await proof(bare)).toMatchObject({ verdict: 'suspicious', dkim: 'none', spf: 'not-checkable' });
});

test('nothing is suspected of domains that ask for nothing, or say nothing', async () => {
  const lenient = await stored(mailOf('example.net'));
  const silent = await stored(mailOf('example.org'));
  await run([lenient, silent], dns);
  expect(await proof(lenient)).toMatchObject({ verdict: 'unproven', dmarc: 'fail', policy: 'none' });
  expect(await proof(silent)).toMatchObject({ verdict: 'unproven', dmarc: 'none', policy: '' });
});

test('history, our own mail, what the named server has proven, and a workspace that wants no checks ask nobody', async () => {
  const history = await stored(mailOf('example.com'), { isHistory: true });
  const own = await stored(mailOf('example.com'), { isOutgoing: true });
  const said = await stored(`Authentication-Results: mx.example.org; dmarc=pass\r\n${mailOf('example.com')}`);
  const asked: string[] = [];
  const listening: Resolver = (domain) => (asked.push(domain), nothing('ENOTFOUND'));
  await run([history, own, said], listening);
  const unwanted = await stored(mailOf('example.com'));
  await run([unwanted], listening, { isOff: true });
  expect(asked).toEqual([]);
  for (const id of [history, own, said, unwanted]) expect(await checkOf(id)).toBeNull();
});

test('a domain that nobody answers for is tried for more than a day, and then told as not checked', async () => {
  const id = await stored(await signed(mailOf('example.com')));
  let waited = 0;
  for (let tried = 0; (await checkOf(id)) === null; tried += 1) {
    const before = jobsFor(id).length;
    await run([id], down, { tried });
    const [later] = jobsFor(id).slice(before);
    waited += later?.delayMs ?? 0;
    expect(tried).toBeLessThan(20);
  }
  expect(waited).toBeGreaterThan(86_400_000);
  expect(await proof(id)).toMatchObject({ verdict: 'not-checked', reason: 'no-answer' });
});

test('what was not answered waits, and the rest of the batch does not', async () => {
  const [good, late] = [await stored(await signed(mailOf('example.com'))), await stored(mailOf('slow.example'))];
  const half: Resolver = (domain, type) => (domain.includes('slow.example') ? nothing('ESERVFAIL') : dns(domain, type));
  await run([good, late], half);
  expect(await proof(good)).toMatchObject({ verdict: 'proven' });
  expect(await checkOf(late)).toBeNull();
  expect(jobsFor(late)).toMatchObject([{ payload: { messageIds: [late], tried: 1 }, lane: 'bulk' }]);
  await run([good, late], dns);
  expect(await proof(late)).toMatchObject({ verdict: 'unproven' });
});

test('the silence of a domain that could prove nothing keeps no warning back', async () => {
  const mail = mailOf('example.com');
  const id = await stored((await signatureOf(mail, 'slow.example')) + mail);
  const half: Resolver = (domain, type) => (domain.includes('slow.example') ? nothing('ETIMEOUT') : dns(domain, type));
  await run([id], half);
  expect(await proof(id)).toMatchObject({ verdict: 'suspicious' });
});

test('the first verdict stays, and a second run asks nobody', async () => {
  const id = await stored(await signed(mailOf('example.com')));
  await Promise.all([run([id], dns), run([id], dns)]);
  await run([id], () => {
    throw new Error('asked again');
  });
  expect(await proof(id)).toMatchObject({ verdict: 'proven' });
});

test('a run that is cut off stores nothing about what it was asking for, and the next one goes on', async () => {
  const ids = [await stored(await signed(mailOf('example.com'))), await stored(mailOf('example.com'))];
  const stopping = new AbortController();
  const cut: Resolver = () => {
    stopping.abort(new Error('the hub stops'));
    return new Promise(() => {});
  };
  await expect(run(ids, cut, { signal: stopping.signal })).rejects.toThrow('the hub stops');
  expect(await Promise.all(ids.map(checkOf))).toEqual([null, null]);
  await run(ids, dns);
  expect((await Promise.all(ids.map(proof))).map((one) => one?.verdict)).toEqual(['proven', 'suspicious']);
});

describe('hostile', () => {
  test('of a thousand signatures few are looked at, and what the domain asks for still counts', async () => {
    const mail = mailOf('example.com');
    const one = await signatureOf(mail, 'evil.example');
    const many = Array.from({ length: 1000 }, (_, index) => one.replace('d=evil.', `d=evil${index}.`)).join('');
    const id = await stored(many + mail);
    const asked = new Set<string>();
    await run([id], (domain, type) => (asked.add(domain), dns(domain, type)));
    expect(await proof(id)).toMatchObject({ verdict: 'suspicious', domain: 'example.com' });
    expect([...asked].filter((name) => name.includes('evil'))).toHaveLength(10);
  });

  test('what cannot be checked is told so, and keeps no other mail waiting', async () => {
    const huge = await stored(`X-Long: ${'x'.repeat(1_100_000)}\r\n${mailOf('example.com')}`);
    const gone = await desk.addMessage({ from: 'jane@example.com' });
    const good = await stored(await signed(mailOf('example.com')));
    await run([huge, gone, good], dns);
    expect(await proof(huge)).toMatchObject({ verdict: 'not-checked', reason: 'too-large' });
    expect(await proof(gone)).toMatchObject({ verdict: 'not-checked', reason: 'not-readable' });
    expect(await proof(good)).toMatchObject({ verdict: 'proven' });
  });
});

describe('the look-ups', () => {
  test('ask once for what many want to know, and again when the answer is old', async () => {
    let [count, now] = [0, 0];
    const lookUp = createLookups(
      (domain, type) => ((count += 1), dns(domain, type)),
      () => now,
    );
    await Promise.all([lookUp('_dmarc.example.com', 'TXT'), lookUp('_DMARC.example.com', 'TXT')]);
    await lookUp('_dmarc.example.com', 'TXT');
    expect(count).toBe(1);
    now = 600_000;
    await lookUp('_dmarc.example.com', 'TXT');
    expect(count).toBe(2);
  });

  test('keep what nobody answered for a shorter time than what there is not', async () => {
    let [count, now] = [0, 0];
    const failing = (code: string) => {
      const lookUp = createLookups(
        () => ((count += 1), nothing(code)),
        () => now,
      );
      return async () => await expect(lookUp('example.com', 'TXT')).rejects.toMatchObject({ code });
    };
    for (const [code, expected] of [
      ['ETIMEOUT', 2],
      ['ENOTFOUND', 1],
    ] as const) {
      [count, now] = [0, 0];
      const ask = failing(code);
      await ask();
      await ask();
      expect(count).toBe(1);
      now = 60_000;
      await ask();
      expect(count).toBe(expected);
    }
  });

  test('hold a bounded number of names, and no answer that is too long', async () => {
    let count = 0;
    const lookUp = createLookups(
      (domain) => ((count += 1), Promise.resolve([[domain === 'long' ? 'x'.repeat(20_000) : '']])),
    );
    await expect(lookUp('long', 'TXT')).rejects.toMatchObject({ code: 'ENODATA' });
    for (let index = 0; index < 1_001; index += 1) await lookUp(`n${index}.example.com`, 'TXT');
    count = 0;
    await lookUp('n1000.example.com', 'TXT');
    await lookUp('n0.example.com', 'TXT');
    expect(count).toBe(1);
  });
});
