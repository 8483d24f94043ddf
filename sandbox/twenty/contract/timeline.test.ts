import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { page, row, rows } from './answers.ts';
import { company, openFixture, person } from './fixture.ts';
import { type ObjectName, pascal, recordsOf } from './records.ts';
import { removeTimeline } from './traces.ts';

const contract = openFixture();
const { client, things, thing, name: run } = contract;
const companyId = contract.own(company);
const personId = contract.own(person);
const timeline: ObjectName = { singular: 'timelineActivity', plural: 'timelineActivities' };
const note: ObjectName = { singular: 'note', plural: 'notes' };
const task: ObjectName = { singular: 'task', plural: 'tasks' };
const activities = recordsOf(client, timeline);
afterAll(() => contract.close());

/** A note's or task's id; what Twenty writes about it goes before it. */
function ownTimelined(object: ObjectName): string {
  const id = contract.own(object);
  contract.onClose(() => removeTimeline(client, object, id));
  return id;
}

beforeAll(async () => {
  row(await recordsOf(client, company).create({ id: companyId, name: `Contract ${run} timeline` }));
  row(await recordsOf(client, person).create({ id: personId, name: { firstName: 'Timeline', lastName: run } }));
});

describe('timeline entries', () => {
  const entry = (data: object) => ({ id: contract.own(timeline), name: 'call.ended', properties: {}, ...data });

  test('take a free name and any properties', async () => {
    const sent = entry({
      happensAt: '2026-03-04T05:06:07.890Z',
      targetCompanyId: companyId,
      properties: { direction: 'inbound', seconds: 63 },
    });
    expect(
      row(await activities.create(sent, 'id name happensAt properties targetCompanyId workspaceMemberId')),
    ).toEqual({
      ...sent,
      workspaceMemberId: null,
    });
  });

  test('may have two targets, one, or none', async () => {
    const selection = 'id targetCompanyId targetPersonId';
    const two = entry({ targetCompanyId: companyId, targetPersonId: personId });
    expect(row(await activities.create(two, selection))).toEqual({
      id: two.id,
      targetCompanyId: companyId,
      targetPersonId: personId,
    });
    const none = entry({});
    expect(row(await activities.create(none, selection))).toEqual({
      id: none.id,
      targetCompanyId: null,
      targetPersonId: null,
    });
  });

  test('can point at a custom object', async () => {
    const { id } = row(await things.create({ name: 'tl' }));
    const target = `target${pascal(thing.singular)}Id`;
    const sent = entry({ [target]: id });
    expect(row(await activities.create(sent, `id ${target}`))).toEqual({ id: sent.id, [target]: id });
  });

  test('can name a linked record, and are upserted by id', async () => {
    const linked = {
      linkedRecordId: randomUUID(),
      linkedRecordCachedName: 'Call from +44 20 7946 0123',
      linkedObjectMetadataId: thing.objectId,
    };
    const sent = entry({ targetCompanyId: companyId, ...linked });
    expect(rows(await activities.upsert([sent], `id ${Object.keys(linked).join(' ')}`))).toEqual([
      { id: sent.id, ...linked },
    ]);
    expect(rows(await activities.upsert([{ id: sent.id, name: 'call.missed' }], 'id name'))).toEqual([
      { id: sent.id, name: 'call.missed' },
    ]);
  });
});

describe('notes and tasks', () => {
  test('a note takes markdown and is linked by note targets', async () => {
    const id = ownTimelined(note);
    const markdown = '**Bold** and a list\n\n- one\n- two';
    const created = row(
      await recordsOf(client, note).create(
        { id, title: 'Call note', bodyV2: { markdown } },
        'id title bodyV2{markdown blocknote}',
      ),
    );
    expect(created).toEqual({
      id,
      title: 'Call note',
      bodyV2: { markdown, blocknote: expect.stringContaining('bulletListItem') },
    });

    const target: ObjectName = { singular: 'noteTarget', plural: 'noteTargets' };
    const sent = [
      { id: contract.own(target), noteId: id, targetPersonId: personId },
      { id: contract.own(target), noteId: id, targetCompanyId: companyId },
    ];
    expect(rows(await recordsOf(client, target).createMany(sent, 'id noteId targetPersonId targetCompanyId'))).toEqual([
      { ...sent[0], targetCompanyId: null },
      { ...sent[1], targetPersonId: null },
    ]);
    const { edges } = page(
      await recordsOf(client, target).findMany({ filter: { noteId: { eq: id } } }, 'edges{node{id}}'),
    );
    expect(edges.map((edge) => edge.node.id).toSorted()).toEqual(sent.map((each) => each.id).toSorted());
  });

  test('a task has a status and a due date, and is linked by task targets', async () => {
    const sent = { id: ownTimelined(task), title: 'Call back', status: 'TODO', dueAt: '2026-03-05T10:00:00.000Z' };
    expect(row(await recordsOf(client, task).create(sent, 'id title status dueAt assigneeId'))).toEqual({
      ...sent,
      assigneeId: null,
    });
    const target: ObjectName = { singular: 'taskTarget', plural: 'taskTargets' };
    const link = { id: contract.own(target), taskId: sent.id, targetPersonId: personId };
    expect(row(await recordsOf(client, target).create(link, 'id taskId targetPersonId'))).toEqual(link);
  });

  test('a call recording is a system object that takes records', async () => {
    const object: ObjectName = { singular: 'callRecording', plural: 'callRecordings' };
    const sent = {
      id: contract.own(object),
      title: 'Contract call',
      startedAt: '2026-03-04T05:06:07.890Z',
      externalRecordingId: `x-${run}`,
    };
    const selection = 'id title startedAt externalRecordingId status recordingRequestStatus';
    expect(row(await recordsOf(contract.key, object).create(sent, selection))).toEqual({
      ...sent,
      status: 'SCHEDULED',
      recordingRequestStatus: 'REQUESTED',
    });
  });
});
