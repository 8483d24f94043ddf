import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { startTestHub, TEST_TENANT } from '@switchboard/testing/hub';
import type { TestHub } from '@switchboard/testing/hub';
import { sql } from 'kysely';
import { z } from 'zod';
import { definePlugin } from '../../contract/index.ts';
import type { Changes, CrmFile, PluginContext } from '../../contract/index.ts';
import { upload } from '../../crm/files/upload.ts';
import type { UploadWay } from '../../crm/files/upload.ts';
import { readFile } from '../../crm/twenty/read-file.ts';

let hub: TestHub;
let context: PluginContext;
let run = 0;

const shelf = definePlugin({
  id: 'shelf',
  contract: 1,
  name: 'Shelf',
  summary: 'Keeps files.',
  config: z.object({}),
  setup: (own) => {
    context = own;
  },
  check: async () => [],
});

beforeAll(async () => {
  hub = await startTestHub({ plugins: [shelf] });
  await hub.hub.admin.plugins.enable(TEST_TENANT, shelf.id, {}, 'test');
  await waitFor('the plugin', () => context !== undefined);
}, 120_000);
afterAll(() => hub.close());
beforeEach(() => {
  run += 1;
});
afterEach(() => hub.twenty.faults.clear());

const call = () => ({ object: 'phoneCall', key: `call-${run}` });
const callId = () => context.crm.idFor('phoneCall', `call-${run}`);
const writeCall = (): Changes => ({ writes: [{ ...call(), fields: { name: `Call ${run}` } }] });
const put = (content: string) => context.files.put(Readable.from([Buffer.from(content)]));

type Attachment = { id: string; name: string; fileCategory: string; file: { url: string; label: string }[] };

async function attachments(): Promise<Attachment[]> {
  const query = `query($f:AttachmentFilterInput){attachments(filter:$f){edges{node{id name fileCategory file{url label}}}}}`;
  const data = await hub.crm.records(query, { f: { targetPhoneCallId: { eq: callId() } } });
  return (data['attachments'] as { edges: { node: Attachment }[] }).edges.map(({ node }) => node);
}

async function recordings(): Promise<string[]> {
  const query = 'query($f:PhoneCallFilterInput){phoneCalls(filter:$f){edges{node{recordings{label}}}}}';
  const data = await hub.crm.records(query, { f: { id: { eq: callId() } } });
  const [edge] = (data['phoneCalls'] as { edges: { node: { recordings: { label: string }[] | null } }[] }).edges;
  return (edge?.node.recordings ?? []).map(({ label }) => label);
}

const arrived = (deadlineMs?: number) =>
  waitFor('the attachment', async () => (await attachments()).length === 1, deadlineMs);
const idle = () =>
  waitFor('nothing to do', async () => {
    const { outbox } = await hub.hub.crm.status(hub.tenantId);
    const { counts } = await hub.hub.queue.stats();
    return outbox.pending === 0 && counts.every(({ state }) => state === 'dead');
  });
const download = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer()).toString();

describe('a file', () => {
  test('that is committed with its record is attached to it, once however often it is committed', async () => {
    const { id } = await put('spoken words');
    const files: CrmFile[] = [{ key: `k${run}`, file: id, name: 'notes.txt', record: call(), lane: 'live' }];
    await context.commit({ ...writeCall(), files });
    await context.commit({ files });
    await arrived();
    await context.commit({ files });
    await idle();
    const [attachment, ...others] = await attachments();
    expect(others).toEqual([]);
    expect(attachment).toMatchObject({ name: 'notes.txt', fileCategory: 'TEXT_DOCUMENT' });
    expect(await download(String(attachment?.file[0]?.url))).toBe('spoken words');
  });

  test('is added to the files that people put in the same field', async () => {
    await context.commit(writeCall());
    await idle();
    const mine = await uploadByHand('by hand');
    await hub.crm.records('mutation($id:UUID!,$d:PhoneCallUpdateInput!){updatePhoneCall(id:$id,data:$d){id}}', {
      id: callId(),
      d: { recordings: [{ fileId: mine, label: 'mine.txt' }] },
    });
    const parts = await Promise.all(['part one', 'part two'].map(put));
    const files = parts.map(({ id }, index) => ({
      key: `k${run}-${index}`,
      file: id,
      name: `part-${index}.txt`,
      record: call(),
      field: 'recordings',
    }));
    await context.commit({ files });
    await waitFor('both parts', async () => (await recordings()).length === 3);
    expect((await recordings()).toSorted()).toEqual(['mine.txt', 'part-0.txt', 'part-1.txt']);
  });

  test('waits while Twenty is down, and arrives afterwards', async () => {
    await context.commit(writeCall());
    await idle();
    hub.twenty.faults.set({ kind: 'down' });
    const { id } = await put('patience');
    await context.commit({ files: [{ key: `k${run}`, file: id, name: 'a.txt', record: call() }] });
    await waitFor('a try in vain', async () => {
      const { rows } = await sql<{ attempts: number }>`
        select attempts from job where error_code = 'postponed' and error_message like 'Twenty could not be reached%'
      `.execute(hub.hub.database.db);
      return rows.length > 0;
    });
    hub.twenty.faults.clear();
    await arrived();
  });

  test.each([
    ['the place is named', '/metadata'],
    ['the bytes are there', '/file-upload'],
    ['it is linked', '/graphql'],
  ])('is there once when the answer is lost after %s', async (_when, path) => {
    await context.commit(writeCall());
    await idle();
    const { id } = await put(`bytes ${run}`);
    hub.twenty.faults.set({ kind: 'reset-after-commit' }, { path, times: 1 });
    await context.commit({ files: [{ key: `k${run}`, file: id, name: 'a.txt', record: call() }] });
    await idle();
    expect(await attachments()).toHaveLength(1);
  });

  test('whose content does not fit its name becomes a dead letter that says so', async () => {
    const { id } = await put('this is no music');
    await context.commit({ ...writeCall(), files: [{ key: `k${run}`, file: id, name: 'song.wav', record: call() }] });
    const letter = await waitFor('a dead letter', async () => {
      const { items } = await hub.hub.queue.deadLetters.list({ tenantId: hub.tenantId, errorCode: 'file-refused' });
      return items[0];
    });
    expect(letter).toMatchObject({
      errorMessage: expect.stringContaining('File content does not match its extension'),
      remedy: expect.stringContaining('extension'),
    });
    expect(await attachments()).toEqual([]);
  });

  test('that could never be sent is refused at once, with everything committed beside it', async () => {
    const { id } = await put('x');
    const base = { key: `k${run}`, file: id, name: 'a.txt', record: call() };
    const bad: [Partial<CrmFile>, object][] = [
      [{ name: 'noextension' }, { code: 'payload', field: 'files.name' }],
      [{ file: 'f'.repeat(64) }, { code: 'not-found' }],
      [{ key: '' }, { code: 'payload', field: 'files.key' }],
      [{ record: { object: 'phoneCall', id: 'x' } }, { code: 'payload', field: 'files.record.id' }],
    ];
    for (const [change, error] of bad) {
      await expect(context.commit({ ...writeCall(), files: [{ ...base, ...change }] })).rejects.toMatchObject(error);
    }
    expect((await hub.hub.crm.status(hub.tenantId)).outbox.pending).toBe(0);
  });
});

test('an upload that was begun is asked about before the bytes are sent again', async () => {
  const { signal } = new AbortController();
  let opened = 0;
  let begun: string | undefined;
  let isKilled = true;
  const way: UploadWay = {
    serverUrl: hub.twenty.url,
    ask: async (request) => {
      if (isKilled && request.query.includes('completeFileUpload')) throw new Error('killed');
      return { data: await hub.crm.metadata(request.query, request.variables) };
    },
  };
  const send = () =>
    upload(
      way,
      {
        name: 'a.txt',
        bytes: 5,
        fieldId: undefined,
        begun,
        open: async () => {
          opened += 1;
          return Readable.from([Buffer.from('hello')]);
        },
        onBegun: async (fileId) => {
          begun = fileId;
        },
      },
      signal,
    );
  await expect(send()).rejects.toThrow('killed');
  isKilled = false;
  expect(await send()).toBe(begun);
  expect(opened).toBe(1);
});

describe('a file that lies in Twenty', () => {
  const { signal } = new AbortController();
  const placed = async (content: string) => {
    const fileId = await uploadByHand(content);
    const id = randomUUID();
    await hub.crm.records('mutation($d:PhoneCallCreateInput!){createPhoneCall(data:$d){id}}', {
      d: { id, name: `By hand ${run}`, recordings: [{ fileId, label: 'Plan: ../"a".txt' }] },
    });
    return { object: 'phoneCall', recordId: id, field: 'recordings', fileId };
  };
  const empty = async ({ recordId }: { readonly recordId: string }) =>
    await hub.crm.records('mutation($id:UUID!){updatePhoneCall(id:$id,data:{recordings:[]}){id}}', { id: recordId });

  test('is read as it is, under the name it was given', async () => {
    const { name, content } = await context.crmFiles.open(await placed('words of a person'), signal);
    const { id } = await context.files.put(content);
    expect(name).toBe('Plan: ../"a".txt');
    expect(await text(await context.files.open(id))).toBe('words of a person');
  });

  test('is gone with its record, with its entry, and where it goes between the question and the bytes', async () => {
    const place = await placed('short-lived');
    const { content } = await context.crmFiles.open(place, signal);
    await empty(place);
    await expect(context.files.put(content)).rejects.toMatchObject({ code: 'not-found' });
    for (const gone of [place, { ...place, recordId: randomUUID() }])
      await expect(context.crmFiles.open(gone, signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is asked for anew when Twenty is there again; what came in part is kept by nobody', async () => {
    const place = await placed('patience');
    hub.twenty.faults.set({ kind: 'down' });
    await expect(context.crmFiles.open(place, signal)).rejects.toMatchObject({ code: 'upstream' });
    hub.twenty.faults.clear();
    const { content } = await context.crmFiles.open(place, signal);
    hub.twenty.faults.set({ kind: 'down' }, { path: '/file/' });
    await expect(context.files.put(content)).rejects.toMatchObject({ code: 'upstream' });
    hub.twenty.faults.clear();
    const again = await context.crmFiles.open(place, signal);
    expect(await context.files.put(again.content)).toMatchObject({ bytes: 8 });
  });

  test('is asked of no other object and field than the names of an API can be', async () => {
    const place = await placed('x');
    const field = 'recordings{fileId label url} createdBy{name} recordings';
    await expect(context.crmFiles.open({ ...place, field }, signal)).rejects.toThrow(TypeError);
  });
});

describe('the bytes of a file of Twenty', () => {
  const { signal } = new AbortController();
  const serverUrl = 'http://crm.internal:3000';
  const url = 'https://crm.example.com/file/files-field/1?token=t';
  const read = async (answers: readonly Response[], asked: string[] = []) => {
    const left = [...answers];
    const fake = (async (target: URL) => {
      asked.push(String(target));
      return left.shift() ?? Response.error();
    }) as typeof fetch;
    return await text(Readable.from(readFile(fake, { url, serverUrl }, signal)));
  };
  const sentOnTo = (location: string) => new Response(null, { status: 302, headers: { location } });

  test('come by the way on which the hub reaches Twenty, and from its object storage over TLS', async () => {
    const asked: string[] = [];
    const storage = 'https://storage.example.net/bucket/1?signature=s';
    expect(await read([sentOnTo(storage), new Response('bytes')], asked)).toBe('bytes');
    expect(asked).toEqual([`${serverUrl}/file/files-field/1?token=t`, storage]);
  });

  test('are not asked for inside of the network of the hub, wherever Twenty sends it', async () => {
    const asked: string[] = [];
    const inside = 'http://169.254.169.254/latest/meta-data';
    await expect(read([sentOnTo(inside), new Response('secret')], asked)).rejects.toMatchObject({ code: 'upstream' });
    expect(asked).toHaveLength(1);
  });

  test('that break off are no file', async () => {
    const broken = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(4)),
      pull: (controller) => controller.error(new TypeError('terminated')),
    });
    await expect(read([new Response(broken)])).rejects.toMatchObject({ code: 'upstream' });
    await expect(read([new Response('no', { status: 500 })])).rejects.toMatchObject({ code: 'upstream' });
    await expect(read([new Response('no', { status: 403 })])).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('300 MB pass through the hub without being in its memory', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  async function* large(): AsyncGenerator<Uint8Array> {
    for (let sent = 0; sent < 300; sent += 1) yield megabyte;
  }
  const peak = watchMemory();
  const { id, bytes } = await context.files.put(large());
  expect(bytes).toBe(300 * 1024 * 1024);
  await context.commit({ ...writeCall(), files: [{ key: `k${run}`, file: id, name: 'a.txt', record: call() }] });
  await arrived(120_000);
  const [attachment] = await attachments();
  const response = await fetch(String(attachment?.file[0]?.url));
  let received = 0;
  for await (const chunk of response.body ?? []) received += chunk.length;
  expect(received).toBe(bytes);
  expect(peak()).toBeLessThan(150 * 1024 * 1024);
}, 180_000);

/** @returns how much more memory was in use at any moment since */
function watchMemory(): () => number {
  const used = () => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, used());
  }, 5);
  return () => {
    clearInterval(timer);
    return most - before;
  };
}

/** As the front end does it for a person. */
async function uploadByHand(content: string): Promise<string> {
  const { objects } = (await hub.crm.metadata(
    '{objects(paging:{first:1000}){edges{node{nameSingular fieldsList{id name}}}}}',
  )) as { objects: { edges: { node: { nameSingular: string; fieldsList: { id: string; name: string }[] } }[] } };
  const fields = objects.edges.find(({ node }) => node.nameSingular === 'phoneCall')?.node.fieldsList;
  const { createFileUpload: place } = (await hub.crm.metadata(
    'mutation($s:Float!,$f:String){createFileUpload(filename:"mine.txt",size:$s,fileFolder:FilesField,fieldMetadataId:$f){fileId uploadUrl}}',
    { s: content.length, f: fields?.find(({ name }) => name === 'recordings')?.id },
  )) as { createFileUpload: { fileId: string; uploadUrl: string } };
  await fetch(place.uploadUrl, { method: 'PUT', body: content });
  await hub.crm.metadata('mutation($id:String!){completeFileUpload(fileId:$id){id}}', { id: place.fileId });
  return place.fileId;
}
