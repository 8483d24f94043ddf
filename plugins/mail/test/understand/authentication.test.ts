import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { dkimSign } from 'mailauth';
import { type Resolver, verifyAuthentication } from '../../understand/authentication/verify.ts';
import { understand } from '../../understand/understand.ts';

const plain =
  'From: Jane <jane@example.com>\r\nTo: desk@example.org\r\nSubject: Hello\r\nDate: Mon, 10 Mar 2025 10:00:00 +0000\r\nMessage-ID: <dk@example.com>\r\n\r\nHello.\r\n';
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const records: Readonly<Record<string, string>> = {
  's1._domainkey.example.com': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  '_dmarc.example.com': 'v=DMARC1; p=reject',
};
const resolver: Resolver = (domain) => {
  const found = records[domain];
  return found === undefined
    ? Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }))
    : Promise.resolve([[found]]);
};

const key = { signingDomain: 'example.com', selector: 's1', privateKey };
let signed = '';
beforeAll(async () => {
  const { signatures } = await dkimSign(plain, { ...key, signatureData: [key] });
  signed = signatures + plain;
});

async function verified(raw: string) {
  const source = Buffer.from(raw);
  return verifyAuthentication(source, resolver, (await understand(source)).authentication);
}

test('a signature of the From domain is proof', async () => {
  expect(await verified(signed)).toMatchObject({ source: 'verified', dkim: 'pass', dmarc: 'pass', aligned: true });
});

test('a changed body, a foreign From, and no signature are none', async () => {
  expect(await verified(signed.replace('Hello.', 'Hello!'))).toMatchObject({ dkim: 'neutral', aligned: false });
  expect(await verified(signed.replace('jane@example.com', 'jane@example.net'))).toMatchObject({ aligned: false });
  expect(await verified(plain)).toMatchObject({ dkim: 'none', aligned: false });
});

const results = (server: string, said: string) => Buffer.from(`Authentication-Results: ${server}; ${said}\r\n${plain}`);
const trusting = { trustedServers: ['MX.example.org'] };

test('a trusted server is believed, anybody else is only quoted', async () => {
  const passed = 'dkim=pass header.d=example.com; spf=pass smtp.mailfrom=jane@example.com';
  const { authentication: believed } = await understand(results('mx.example.org', passed), trusting);
  expect(believed).toMatchObject({ source: 'header', spf: 'pass', dkim: 'pass', aligned: true });
  const { authentication: quoted } = await understand(results('mx.example.net', passed), trusting);
  expect(quoted).toMatchObject({ source: 'none', dkim: 'none', aligned: false, claimed: { dkim: 'pass' } });
});

test('a trusted name below the topmost field is not believed', async () => {
  const raw = Buffer.concat([
    Buffer.from('Authentication-Results: other.example; none\r\n'),
    results('mx.example.org', 'dmarc=pass'),
  ]);
  expect((await understand(raw, trusting)).authentication).toMatchObject({ source: 'none', aligned: false });
});

test('a pass of another domain proves nothing, nor does one hidden in a comment', async () => {
  const foreign = await understand(results('mx.example.org', 'dkim=pass header.d=example.net'), trusting);
  expect(foreign.authentication.aligned).toBe(false);
  const hidden = await understand(
    results('mx.example.org', 'dmarc=fail (dmarc=pass; dkim=pass header.d=example.com)'),
    trusting,
  );
  expect(hidden.authentication).toMatchObject({ dmarc: 'fail', aligned: false });
});
