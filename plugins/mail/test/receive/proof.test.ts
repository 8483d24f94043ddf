import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Dovecot, startDovecot } from '@switchboard/testing';
import { createProof } from '../../receive/proof.ts';
import type { Resolver } from '../../understand/authentication/verify.ts';
import { addMailbox, type MailHub, readMailbox, simpleMail, startMailHub, storedMessages } from '../mail-hub.ts';

const server = await startDovecot();
const testWith = server.port === undefined ? test.skip : test;
let hub: MailHub;

beforeAll(async () => {
  if (server.port !== undefined) hub = await startMailHub({ ownServers: 'mx.example.com' });
}, 60_000);
afterAll(async () => {
  await hub?.close();
  if (server.port !== undefined) await server.close();
});

const resolver: Resolver = (domain) =>
  domain === 'example.net'
    ? Promise.resolve([['v=spf1 ip4:192.0.3.7 -all']])
    : Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));

testWith(
  'a stored mail proves who has sent it by what our own border has noted, and by nothing below that',
  async () => {
    const dovecot = server as Dovecot;
    const mailbox = await addMailbox(hub, dovecot, 'proof');
    await readMailbox(hub.holding, mailbox);
    const border = (ip: string) =>
      `Return-Path: <anna@example.net>\r\nReceived: from mail.example.net (mail.example.net [${ip}]) by mx.example.com; x\r\n`;
    await dovecot.deliver('proof', border('192.0.3.7') + simpleMail('1-honest'));
    await dovecot.deliver('proof', border('192.0.3.66') + border('192.0.3.7') + simpleMail('2-forged'));
    await readMailbox(hub.holding, mailbox);
    const isProven = createProof(hub.context, resolver);
    const proven = await Promise.all(
      (await storedMessages(hub.context, mailbox)).map(async ({ id }) => await isProven(id)),
    );
    expect(proven).toEqual([true, false]);
    expect(await isProven(crypto.randomUUID())).toBe(false);
  },
);
