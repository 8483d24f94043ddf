import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
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
  'example.com': 'v=spf1 ip4:192.0.3.7 -all',
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

describe('SPF, by what our own border has noted', () => {
  const border =
    'Received: from mail.example.com (mail.example.com [192.0.3.7])\r\n\tby mx.example.org (Postfix) with ESMTPS id 1; Mon, 10 Mar 2025 10:00:01 +0000\r\n';
  const inside =
    'Received: from mx.example.org (mx.example.org [10.0.0.2])\r\n\tby store.example.org (Postfix) with LMTP id 2; Mon, 10 Mar 2025 10:00:02 +0000\r\n';
  const returnPath = 'Return-Path: <jane@example.com>\r\n';
  const own = ['mx.example.org', 'STORE.example.org'];
  const forged = border.replace('192.0.3.7', '192.0.3.66');
  const checked = async (raw: string, servers: readonly string[] = own) => {
    const source = Buffer.from(raw);
    return await verifyAuthentication(source, resolver, (await understand(source)).authentication, servers);
  };

  test('passes for the server that the domain names, and is proof then; through servers inside, too', async () => {
    const expected = { spf: 'pass', dmarc: 'pass', aligned: true };
    expect(await checked(returnPath + border + plain)).toMatchObject(expected);
    expect(await checked(returnPath + inside + border + plain)).toMatchObject(expected);
  });

  test('fails for another server, whatever the sender has written below', async () => {
    const expected = { spf: 'fail', aligned: false };
    expect(await checked(returnPath + forged + plain)).toMatchObject(expected);
    expect(await checked(returnPath + forged + border + plain)).toMatchObject(expected);
    expect(await checked(returnPath + inside + forged + border + plain)).toMatchObject(expected);
  });

  test.each([
    ['nobody has named our servers', returnPath + border + plain, []],
    ['a server of somebody else stands on top', returnPath + border.replace('by mx', 'by relay') + border + plain, own],
    ['the sender of the envelope was not noted above', border + returnPath + plain, own],
    ['no address was noted', returnPath + border.replace('[192.0.3.7]', '') + plain, own],
    [
      'the address could be one that the sender has written',
      returnPath + border.replace('from mail.example.com', 'from [192.0.3.7]') + plain,
      own,
    ],
    ['there is no Received at all', returnPath + plain, own],
  ])('cannot be checked where %s, and that is said', async (_, raw, servers) => {
    expect(await checked(raw, servers)).toMatchObject({ spf: 'not-checkable', aligned: false });
  });

  test.each([
    ['Exim', 'from mail.example.com ([192.0.3.7] helo=mail.example.com) by mx.example.org with esmtps'],
    ['Exchange', 'from mail.example.com (192.0.3.7) by mx.example.org (10.0.0.2) with Microsoft SMTP Server'],
    ['Sendmail', 'from mail.example.com (mail.example.com [192.0.3.7] (may be forged)) by mx.example.org'],
  ])('reads what %s writes', async (_, received) => {
    expect(await checked(`${returnPath}Received: ${received}; x\r\n${plain}`)).toMatchObject({ spf: 'pass' });
  });

  test('a trusted server that has said it is believed', async () => {
    const said = `Authentication-Results: mx.example.org; spf=softfail smtp.mailfrom=example.com\r\n`;
    const source = Buffer.from(said + returnPath + border + plain);
    const known = (await understand(source, { trustedServers: ['mx.example.org'] })).authentication;
    expect(await verifyAuthentication(source, resolver, known, own)).toMatchObject({ spf: 'softfail' });
  });
});

test('without our own border SPF is said not to be checkable', async () => {
  expect(await verified(signed)).toMatchObject({ spf: 'not-checkable', dkim: 'pass' });
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
