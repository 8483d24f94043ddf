import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from '@jest/globals';
import { badInput, refusal, row, value } from './answers.ts';
import { eventually } from './eventually.ts';
import { company, openFixture } from './fixture.ts';
import { type ObjectName, recordsOf } from './records.ts';

const contract = openFixture();
const { key, thing, name: run } = contract;
const things = recordsOf(key, thing);
const fieldId = thing.fieldIds['filesF'];
afterAll(() => contract.close());

type Upload = { fileId: string; uploadUrl: string; contentType: string; expiresAt: string };
type StoredFile = { fileId: string; label: string; extension: string; url: string };

const createUpload = (
  filename: string,
  size: number,
  options: Record<string, unknown> = { fileFolder: 'FilesField', fieldMetadataId: fieldId },
) =>
  key.metadata(
    `mutation($filename:String!,$size:Float!,$fileFolder:FileFolder!,$fieldMetadataId:String){
      createFileUpload(filename:$filename,size:$size,fileFolder:$fileFolder,fieldMetadataId:$fieldMetadataId){fileId uploadUrl contentType expiresAt}}`,
    { filename, size, ...options },
  );
const complete = (id: string) =>
  key.metadata('mutation($id:String!){completeFileUpload(fileId:$id){id path size url}}', { id });
const put = (url: string, body: string | Uint8Array<ArrayBuffer>) =>
  fetch(url, { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body });
const internal = (message: string) => ({ code: 'INTERNAL_SERVER_ERROR', message });

async function upload(filename: string, content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const { fileId, uploadUrl } = value(await createUpload(filename, content.length)) as Upload;
  expect((await put(uploadUrl, content)).status).toBe(204);
  value(await complete(fileId));
  return fileId;
}

/** Silence of a given length: Twenty compares the content with the file's extension. */
function wav(bytes: number): Uint8Array<ArrayBuffer> {
  const file = Buffer.alloc(bytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(bytes - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  return new Uint8Array(file);
}

/** A record with the file attached, read back. */
async function attach(fileId: string, label: string): Promise<{ recordId: string; file: StoredFile }> {
  const created = row(
    await things.create({ name: 'files', filesF: [{ fileId, label }] }, 'id filesF{fileId label extension url}'),
  );
  const [file] = created['filesF'] as StoredFile[];
  if (!file) throw new Error('The record has no file');
  return { recordId: created.id, file };
}

describe('upload', () => {
  test('create, put, complete, attach, download', async () => {
    const content = 'hello attachment\n';
    const started = value(await createUpload('call.txt', content.length)) as Upload;
    expect(started).toEqual({
      fileId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      uploadUrl: expect.stringMatching(new RegExp(`/file-upload/${started.fileId}\\?token=.+$`)),
      contentType: 'application/octet-stream',
      expiresAt: expect.any(String),
    });
    expect((await put(started.uploadUrl, content)).status).toBe(204);
    const completed = value(await complete(started.fileId));
    expect(completed).toMatchObject({
      id: started.fileId,
      size: content.length,
      path: expect.stringMatching(/^files-field\/.+\.txt$/),
    });

    const { file } = await attach(started.fileId, 'call.txt');
    expect(file).toEqual({ fileId: started.fileId, label: 'call.txt', extension: '.txt', url: expect.any(String) });
    const download = await fetch(file.url);
    expect(download.status).toBe(200);
    expect(download.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(download.headers.get('content-disposition')).toBe('inline');
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await download.text()).toBe(content);
  });

  test('completing before the bytes are there', async () => {
    const { fileId } = value(await createUpload('early.txt', 5)) as Upload;
    expect(refusal(await complete(fileId))).toEqual(internal(`File ${fileId} has not been uploaded to storage yet`));
  });

  test('completing twice is fine until the file is attached', async () => {
    const fileId = await upload('twice.txt', 'twice');
    expect(value(await complete(fileId))).toMatchObject({ id: fileId });
    await attach(fileId, 'twice.txt');
    expect(refusal(await complete(fileId))).toEqual(internal(`File ${fileId} is not awaiting an upload confirmation`));
  });

  test('other bytes than declared', async () => {
    const { uploadUrl } = value(await createUpload('short.txt', 17)) as Upload;
    const response = await put(uploadUrl, 'hello');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      statusCode: 400,
      error: 'Error',
      messages: ['Uploaded 5 bytes but 17 were declared'],
      code: 'FILE_SIZE_MISMATCH',
    });
  });

  test('more bytes than declared; the right ones may follow', async () => {
    const { fileId, uploadUrl } = value(await createUpload('more.txt', 5)) as Upload;
    const response = await put(uploadUrl, 'hello world');
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({
      statusCode: 413,
      error: 'Error',
      messages: ['Upload exceeds declared size of 5 bytes'],
      code: 'FILE_TOO_LARGE',
    });
    expect(refusal(await complete(fileId))).toEqual(internal(`File ${fileId} has not been uploaded to storage yet`));
    expect((await put(uploadUrl, 'hello')).status).toBe(204);
    expect(value(await complete(fileId))).toMatchObject({ size: 5 });
  });

  test('the bytes may be put again until that is confirmed', async () => {
    const { fileId, uploadUrl } = value(await createUpload('again.txt', 5)) as Upload;
    expect((await put(uploadUrl, 'first')).status).toBe(204);
    expect((await put(uploadUrl, 'other')).status).toBe(204);
    value(await complete(fileId));
    const late = await put(uploadUrl, 'third');
    expect(late.status).toBe(400);
    expect(await late.json()).toMatchObject({ messages: [`File ${fileId} is not awaiting an upload`] });
  });

  test('an unknown file cannot be confirmed', async () => {
    const id = randomUUID();
    expect(refusal(await complete(id))).toEqual(internal(`File not found: ${id}`));
  });

  test('a file needs an extension, and bytes', async () => {
    expect(refusal(await createUpload('noextension', 5))).toEqual(internal('Filename must have an extension'));
    expect(refusal(await createUpload('empty.txt', 0))).toEqual(internal('Invalid file size 0 (max 1073741824 bytes)'));
  });

  test('a wrong token', async () => {
    const { uploadUrl } = value(await createUpload('token.txt', 5)) as Upload;
    const response = await put(uploadUrl.replace(/token=.*/, 'token=x'), 'hello');
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 });
  });

  test('12 MB: the limit of request bodies does not apply', async () => {
    const fileId = await upload('large.wav', wav(12 * 1024 * 1024));
    expect(value(await complete(fileId))).toMatchObject({ size: 12 * 1024 * 1024 });
  });

  test('content that does not fit the extension', async () => {
    const { fileId, uploadUrl } = value(await createUpload('fake.wav', 5)) as Upload;
    expect((await put(uploadUrl, 'hello')).status).toBe(204);
    const { code, message } = refusal(await complete(fileId));
    expect(code).toBe('INTERNAL_SERVER_ERROR');
    expect(message).toMatch(/^File content does not match its extension\./);
  });

  test('more than 1 GiB is refused', async () => {
    expect(refusal(await createUpload('big.wav', 6_000_000_000))).toEqual(
      internal('Invalid file size 6000000000 (max 1073741824 bytes)'),
    );
  });

  test('a field must be named', async () => {
    expect(refusal(await createUpload('x.txt', 5, { fileFolder: 'FilesField' }))).toEqual(
      internal('fieldMetadataId or fieldMetadataUniversalIdentifier must be provided'),
    );
  });
});

test('a field of a standard object is addressed by its universal identifier, the same in every workspace', async () => {
  const attachment: ObjectName = { singular: 'attachment', plural: 'attachments' };
  const content = 'hello attachment';
  const universalIdentifier = '20202020-15db-460e-8166-c7b5d87ad4be';
  const started = await key.metadata(
    `mutation($size:Float!,$u:String){createFileUpload(filename:"a.txt",size:$size,fileFolder:FilesField,fieldMetadataUniversalIdentifier:$u){fileId uploadUrl}}`,
    { size: content.length, u: universalIdentifier },
  );
  const { fileId, uploadUrl } = value(started) as Upload;
  expect((await put(uploadUrl, content)).status).toBe(204);
  value(await complete(fileId));
  const companyId = contract.own(company);
  row(await recordsOf(key, company).create({ id: companyId, name: `Contract ${run} files` }));
  const sent = {
    id: contract.own(attachment),
    name: 'a.txt',
    fileCategory: 'TEXT_DOCUMENT',
    targetCompanyId: companyId,
  };
  const created = await recordsOf(key, attachment).create(
    { ...sent, file: [{ fileId, label: 'a.txt' }] },
    'id name fileCategory targetCompanyId file{fileId label}',
  );
  expect(row(created)).toEqual({ ...sent, file: [expect.objectContaining({ fileId, label: 'a.txt' })] });
});

describe('download', () => {
  test('needs the token in the URL; a bearer token does not help', async () => {
    const { file } = await attach(await upload('secret.txt', 'secret'), 'secret.txt');
    const bare = file.url.replace(/\?.*/, '');
    for (const headers of [{}, { authorization: `Bearer ${key.token}` }]) {
      const response = await fetch(bare, { headers });
      expect(response.status).toBe(403);
      expect(await response.json()).toEqual({ message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 });
    }
    const otherFile = file.url.replace(file.fileId, randomUUID());
    expect((await fetch(otherFile)).status).toBe(403);
  });

  test('has no ranges: the whole file with 200', async () => {
    const { file } = await attach(await upload('range.wav', wav(116)), 'range.wav');
    const response = await fetch(file.url, { headers: { range: 'bytes=0-3' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect((await response.arrayBuffer()).byteLength).toBe(116);
  });

  test('HTML comes as an attachment', async () => {
    const { file } = await attach(await upload('page.html', '<p>hello</p>'), 'page.html');
    const response = await fetch(file.url);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
  });
});

test('an upsert may be sent again with the same file', async () => {
  const attachment: ObjectName = { singular: 'attachment', plural: 'attachments' };
  const companyId = contract.own(company);
  row(await recordsOf(key, company).create({ id: companyId, name: `Contract ${run} files again` }));
  const started = await key.metadata(
    `mutation{createFileUpload(filename:"a.txt",size:5,fileFolder:FilesField,
      fieldMetadataUniversalIdentifier:"20202020-15db-460e-8166-c7b5d87ad4be"){fileId uploadUrl}}`,
  );
  const { fileId, uploadUrl } = value(started) as Upload;
  expect((await put(uploadUrl, 'hello')).status).toBe(204);
  value(await complete(fileId));
  const sent = { id: contract.own(attachment), name: 'a.txt', targetCompanyId: companyId };
  const query = 'mutation($data:[AttachmentCreateInput!]!){createAttachments(data:$data,upsert:true){id file{fileId}}}';
  const data = [{ ...sent, file: [{ fileId, label: 'a.txt' }] }];
  for (let time = 0; time < 2; time += 1) {
    expect(value(await key.graphql(query, { data }))).toMatchObject([{ id: sent.id, file: [{ fileId }] }]);
  }
  expect(refusal(await complete(fileId))).toEqual(internal(`File ${fileId} is not awaiting an upload confirmation`));
});

describe('a file of a record', () => {
  const gone = { statusCode: 404, error: 'Error', messages: ['File not found'], code: 'FILE_NOT_FOUND' };
  /** What the URL answers once the file is removed, which Twenty does in the background. */
  const whenGone = (url: string) =>
    eventually(async () => {
      const response = await fetch(url);
      return response.status === 404 ? ((await response.json()) as unknown) : undefined;
    }, 30_000);

  test('belongs to that record only', async () => {
    const fileId = await upload('one.txt', 'one');
    await attach(fileId, 'one.txt');
    expect(refusal(await things.create({ name: 'files', filesF: [{ fileId, label: 'one.txt' }] }))).toEqual(
      badInput(undefined, `File ${fileId} is already associated with a permanent files field`),
    );
  });

  test('must exist', async () => {
    const fileId = randomUUID();
    expect(refusal(await things.create({ name: 'files', filesF: [{ fileId, label: 'x.txt' }] }))).toEqual(
      badInput(undefined, `File not found: ${fileId}`),
    );
  });

  test('is dropped when the list is written without it, and its URL is gone', async () => {
    const first = await upload('first.txt', 'first');
    const { recordId, file } = await attach(first, 'first.txt');
    const both = [
      { fileId: first, label: 'first.txt' },
      { fileId: await upload('second.txt', 'second'), label: 'second.txt' },
    ];
    const labelsAfter = async (filesF: unknown) => {
      const files = row(await things.update(recordId, { filesF }, 'filesF{label}'))['filesF'] as StoredFile[] | null;
      return files?.map((each) => each.label);
    };
    expect(await labelsAfter(both)).toEqual(['first.txt', 'second.txt']);
    expect(await labelsAfter(both.slice(1))).toEqual(['second.txt']);
    expect(await whenGone(file.url)).toEqual(gone);
    expect(await labelsAfter(null)).toBeUndefined();
  });

  test('goes with its record', async () => {
    const { recordId, file } = await attach(await upload('gone.txt', 'gone'), 'gone.txt');
    row(await things.destroy(recordId));
    expect(await whenGone(file.url)).toEqual(gone);
  });
});
