import { describe, expect, test } from '@jest/globals';
import { createOwnIds } from '../../file/own-ids.ts';

const TENANT = 'b7a5b0a4-94a5-4c0c-a7e5-0d2f4a0b8d11';
const CASE = '5f0f2a7e-3a0f-4c53-9d0e-0a6d4f0f1e01';
const MAIL = '9c1f2a7e-3a0f-4c53-9d0e-0a6d4f0f1e02';
const ids = createOwnIds('a key that only this install has', TENANT);

describe('our own ids', () => {
  test('a Message-ID names its case and its mail', () => {
    const id = ids.messageId({ caseId: CASE, mailId: MAIL }, 'example.com');
    expect(id).toMatch(/^<m\.[0-9a-f.]+@example\.com>$/);
    expect(ids.read(id)).toEqual({ caseId: CASE, mailId: MAIL });
  });

  test('the reference of a case names the case alone', () => {
    expect(ids.read(ids.caseReference(CASE, 'example.com'))).toEqual({ caseId: CASE, mailId: undefined });
  });

  test('gateways may change the case of letters, brackets and the domain', () => {
    const id = ids.messageId({ caseId: CASE, mailId: MAIL }, 'example.com');
    expect(ids.read(id.toUpperCase())).toEqual({ caseId: CASE, mailId: MAIL });
    expect(ids.read(id.replaceAll(/[<>]/g, '').replace('example.com', 'relay.example.net'))?.caseId).toBe(CASE);
  });

  test('nobody points to another case, and nobody makes ids for another tenant or with another key', () => {
    const id = ids.messageId({ caseId: CASE, mailId: MAIL }, 'example.com');
    const other = CASE.replaceAll('-', '').replace('5f', '6f');
    expect(ids.read(id.replace(CASE.replaceAll('-', ''), other))).toBeUndefined();
    expect(createOwnIds('a key that only this install has', CASE).read(id)).toBeUndefined();
    expect(createOwnIds('another key', TENANT).read(id)).toBeUndefined();
  });

  test('a reference is no Message-ID and a marker is neither', () => {
    const reference = ids.caseReference(CASE, 'example.com');
    expect(ids.read(reference.replace('<c.', '<m.'))).toBeUndefined();
    expect(ids.readMarker(ids.marker(MAIL))).toBe(MAIL);
    expect(ids.readMarker(ids.marker(MAIL).replace('9c', '8c'))).toBeUndefined();
  });

  test.each(['', '<>', 'abc@example.com', '<m.123@example.com>', '<c..@example.com>'])('%p is not ours', (id) => {
    expect(ids.read(id)).toBeUndefined();
  });
});
