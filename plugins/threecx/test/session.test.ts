import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startThreecx, type Threecx } from '@switchboard/sandbox/threecx';
import { outside } from '@switchboard/testing';
import { createSession, type Session } from '../client/session.ts';

/** What becomes of a client of 3CX whose token somebody else ends. */

let pbx: Threecx;
let session: Session;

beforeEach(async () => {
  pbx = await startThreecx();
  const clock = { now: Date.now };
  const secret = pbx.principals.all().find(({ clientId }) => clientId === 'crmsync')?.secret ?? '';
  session = createSession({ ...outside(clock), clock, url: pbx.url, account: { clientId: 'crmsync', secret } });
});

afterEach(async () => {
  await pbx.close();
});

const ask = async () => (await session.request('/xapi/v1/SystemStatus')).status;

async function loseToken(): Promise<void> {
  await ask();
  await pbx.faults.inject({ kind: 'supersede', clientId: 'crmsync' });
}

test('one token that several requests lose together is one loss', async () => {
  await loseToken();
  expect(await Promise.all([ask(), ask(), ask(), ask()])).toEqual([200, 200, 200, 200]);
});

test('a third token lost young is left to whoever takes them', async () => {
  await loseToken();
  await loseToken();
  await loseToken();
  await expect(ask()).rejects.toMatchObject({ message: expect.stringContaining('ends our tokens') });
});
