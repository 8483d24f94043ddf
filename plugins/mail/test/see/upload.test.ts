import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TEST_TENANT } from '@switchboard/testing/hub';
import { type MailHub, startMailHub } from '../mail-hub.ts';

let hub: MailHub;
beforeAll(async () => {
  hub = await startMailHub();
}, 120_000);
afterAll(async () => await hub.close());

const MiB = 1024 * 1024;

/** As a browser does. */
async function upload(pieces: number, pieceBytes: number): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = new ReadableStream({
    start: (controller) => {
      for (let piece = 0; piece < pieces; piece += 1) controller.enqueue(new Uint8Array(pieceBytes).fill(piece));
      controller.close();
    },
  });
  const response = await fetch(`${hub.url}/api/v1/tenants/${TEST_TENANT}/plugins/mail/doors/compose/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${hub.operatorToken}`, 'content-type': 'application/octet-stream' },
    body,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('a file larger than what doors keep in memory is taken as it comes', async () => {
  const { status, body } = await upload(17, MiB);
  expect({ status, bytes: body['bytes'] }).toEqual({ status: 201, bytes: 17 * MiB });
  expect(await hub.context.files.find(String(body['upload']))).toMatchObject({ bytes: 17 * MiB });
});

test('one that no mail carries is refused with a reason, while it still comes', async () => {
  const { status, body } = await upload(30, MiB);
  expect(status).toBe(400);
  expect(body['error']).toMatchObject({ code: 'payload', message: expect.stringContaining('longer than') });
});
