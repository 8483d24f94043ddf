import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listTemplates, removeTemplate, saveTemplate } from '../../templates/book.ts';
import { type Desk, openTwoDesks } from '../desk.ts';

let desk: Desk;
let other: Desk;

beforeAll(async () => {
  [desk, other] = await openTwoDesks();
});
afterAll(async () => await desk.close());

const received = (id: string, name = 'Received') => ({
  id,
  name,
  subject: 'We have {{case.number}}',
  text: 'Dear {{person.firstName|customer}}',
});
const one = '10000000-0000-4000-8000-000000000001';
const two = '10000000-0000-4000-8000-000000000002';

test('templates belong to their workspace: added, changed and removed there, and nowhere else', async () => {
  const { tables } = desk.context;
  await saveTemplate(tables, received(one), 'Ada');
  await saveTemplate(tables, { ...received(one), name: 'Thanks' }, 'Bob');
  expect(await listTemplates(tables)).toMatchObject([{ id: one, name: 'Thanks', changedBy: 'Bob' }]);
  expect(await listTemplates(other.context.tables)).toEqual([]);
  await expect(removeTemplate(other.context.tables, one)).rejects.toMatchObject({ code: 'not-found' });
  await removeTemplate(tables, one);
  expect(await listTemplates(tables)).toEqual([]);
});

test('a field that does not exist is refused by its name, and so is a name that is taken', async () => {
  const { tables } = desk.context;
  const wrong = { ...received(two), text: 'Dear {{person.fristName}}' };
  await expect(saveTemplate(tables, wrong, 'Ada')).rejects.toMatchObject({
    code: 'payload',
    field: 'text',
    message: expect.stringContaining('person.fristName'),
  });
  await saveTemplate(tables, received(one), 'Ada');
  await expect(saveTemplate(tables, received(two, 'RECEIVED'), 'Ada')).rejects.toMatchObject({
    code: 'conflict',
    field: 'name',
  });
});
