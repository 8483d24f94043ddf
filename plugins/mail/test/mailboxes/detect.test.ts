import { describe, expect, test } from '@jest/globals';
import { createHosts } from '../../client/hosts.ts';
import { createDetect, type Records } from '../../mailboxes/detect.ts';

const none: Records = { mx: () => Promise.reject(new Error('no')), srv: () => Promise.reject(new Error('no')) };
const signal = AbortSignal.timeout(10_000);
const noPage = async () => undefined;

describe('what an address tells of its servers', () => {
  test('a known provider', async () => {
    expect(await createDetect(noPage, none)('anna@gmail.com', signal)).toMatchObject({
      auth: 'google',
      imap: { host: 'imap.gmail.com', port: 993, security: 'tls' },
    });
  });

  test('a domain whose mail goes to a known provider', async () => {
    const mx = async () => [
      { exchange: 'backup.example.com', priority: 20 },
      { exchange: 'example-com.mail.protection.outlook.com', priority: 10 },
    ];
    expect(await createDetect(noPage, { ...none, mx })('anna@example.com', signal)).toMatchObject({
      auth: 'microsoft',
      smtp: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
    });
  });

  test('service records, but not those that say there is no service', async () => {
    const answers: Record<string, { name: string; port: number; priority: number; weight: number }[]> = {
      '_imaps._tcp.example.com': [{ name: '.', port: 0, priority: 0, weight: 0 }],
      '_imap._tcp.example.com': [
        { name: 'second.example.com', port: 143, priority: 10, weight: 0 },
        { name: 'first.example.com', port: 143, priority: 5, weight: 0 },
      ],
      '_submissions._tcp.example.com': [{ name: 'send.example.com', port: 465, priority: 0, weight: 0 }],
    };
    const srv = async (name: string) => answers[name] ?? [];
    expect(await createDetect(noPage, { ...none, srv })('anna@example.com', signal)).toMatchObject({
      imap: { host: 'first.example.com', port: 143, security: 'starttls' },
      smtp: { host: 'send.example.com', port: 465, security: 'tls' },
    });
  });

  test('what the domain offers to mail programs, without servers that speak in the clear', async () => {
    const server = (tag: string, type: string, socket: string, host: string) =>
      `<${tag} type="${type}"><hostname>${host}</hostname><port>993</port><socketType>${socket}</socketType><username>%EMAILLOCALPART%</username></${tag}>`;
    const xml = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><clientConfig version="1.1"><emailProvider id="example.com">
      ${server('incomingServer', 'imap', 'plain', 'clear.example.com')}${server('incomingServer', 'pop3', 'SSL', 'pop.example.com')}
      ${server('incomingServer', 'imap', 'SSL', 'imap.example.com')}${server('outgoingServer', 'smtp', 'STARTTLS', 'smtp.example.com')}
      </emailProvider></clientConfig>`;
    const fetch = async (url: string) => (url.includes('.well-known') ? xml : 'no xml <');
    expect(await createDetect(fetch, none)('anna@example.com', signal)).toMatchObject({
      imap: { host: 'imap.example.com', user: 'anna' },
      smtp: { host: 'smtp.example.com', security: 'starttls' },
    });
  });

  test('nothing', async () => {
    expect(await createDetect(noPage, none)('anna@example.com', signal)).toBeUndefined();
  });
});

describe('a host that somebody has entered', () => {
  const answering =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '100.100.100.200',
    '0.0.0.0',
    '::1',
    '[::1]',
    'fd00:ec2::254',
    'fe80::1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
  ])('is not connected to at %s', async (address) => {
    await expect(createHosts('', answering(address)).resolve(address)).rejects.toThrow('not public');
    await expect(
      createHosts('', answering(address.replaceAll(/[[\]]/g, ''))).resolve('mail.example.com'),
    ).rejects.toThrow('not public');
  });

  test('is connected to at its public address, or where the admin allows it', async () => {
    expect(await createHosts('', answering('10.0.0.1', '93.184.216.34')).resolve('mail.example.com')).toBe(
      '93.184.216.34',
    );
    expect(await createHosts('mail.internal other', answering('10.0.0.1')).resolve('MAIL.internal')).toBe('10.0.0.1');
  });
});
