import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import type { FolderState } from '../../malfunctions/choices.ts';
import { type Folders, openDesk } from './folders.ts';
import * as rules from './model.ts';

const moves = { put: rules.put, take: rules.take };

/** Whatever people do with folders, in whatever order, twice or at once, and whenever Twenty takes it: the cases are where and what the rules say. */

let desk: Folders;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

const CASES = 4;
const states = ['REPORTED', 'IN_REPAIR', 'RESOLVED', 'CLOSED'] as const satisfies readonly FolderState[];
const some = fc.subarray([0, 1, 2, 3], { minLength: 1 });
const which = fc.integer({ min: 0, max: 1 });

type Step =
  | { readonly kind: 'put' | 'take'; readonly folder: number; readonly cases: readonly number[] }
  | { readonly kind: 'status'; readonly folder: number; readonly to: FolderState; readonly cases: readonly number[] }
  | { readonly kind: 'own'; readonly one: number; readonly to: string }
  | { readonly kind: 'undo'; readonly back: number }
  | { readonly kind: 'land' | 'again' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('put' as const, 'take' as const), folder: which, cases: some }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      folder: which,
      to: fc.constantFrom(...states),
      cases: some,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('own' as const),
      one: fc.integer({ min: 0, max: CASES - 1 }),
      to: fc.constantFrom('CLOSED', 'OPEN', 'WAITING_FOR_CUSTOMER'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('undo' as const), back: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('land' as const, 'again' as const) }) },
);

interface Run {
  readonly ids: readonly string[];
  readonly folders: readonly string[];
  readonly model: rules.Model;
  /** In the order in which they were done. */
  readonly flows: string[];
  last: () => Promise<unknown>;
}

async function begin(): Promise<Run> {
  const ids = Array.from({ length: CASES }, () => desk.addCase());
  const folders = [await desk.open('One'), await desk.open('Two')];
  const fresh = { status: 'OPEN', resolvedAt: null, closedAt: null, reopened: 0, folder: null };
  const model: rules.Model = {
    cases: new Map(ids.map((id) => [id, { ...fresh }])),
    folders: new Map(folders.map((id) => [id, 'REPORTED'])),
    flows: new Map(),
  };
  return { ids, folders, model, flows: [], last: async () => undefined };
}

/** Does it at the desk and in the model. */
async function take(run: Run, given: Step): Promise<void> {
  const { model } = run;
  desk.clock.ms += 1000;
  const cases = 'cases' in given ? given.cases.map((index) => run.ids[index]!) : [];
  const folder = 'folder' in given ? run.folders[given.folder]! : '';
  if (given.kind === 'put' || given.kind === 'take') {
    run.last = async () => await desk[given.kind](folder, cases);
    await run.last();
    moves[given.kind](model, folder, cases);
  } else if (given.kind === 'status') {
    const click = `click ${run.flows.length} ${folder}`;
    let flowId = '';
    run.last = async () => {
      const flowed = await desk.status(folder, given.to, cases, click);
      if (flowed.outcome === 'done') ({ flowId } = flowed);
    };
    await run.last();
    rules.flow(model, flowId, folder, given.to, cases, desk.clock.ms);
    run.flows.push(flowId);
  } else if (given.kind === 'undo') {
    const flowId = run.flows.at(-1 - given.back);
    if (flowId === undefined) return;
    run.last = async () => await desk.undo(flowId);
    await run.last();
    rules.undo(model, flowId);
  } else if (given.kind === 'own') {
    // Whoever works in Twenty sees what it has.
    desk.land();
    const id = run.ids[given.one]!;
    const one = model.cases.get(id)!;
    rules.setStatus(one, given.to, desk.clock.ms);
    desk.changeInTwenty('serviceCase', id, inTwenty(one));
  } else if (given.kind === 'land') desk.land();
  else await run.last();
}

const moment = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const inTwenty = (one: { status: string; resolvedAt: number | null; closedAt: number | null; reopened: number }) => ({
  status: one.status,
  resolvedAt: moment(one.resolvedAt),
  closedAt: moment(one.closedAt),
  reopenCount: one.reopened === 0 ? null : one.reopened,
});

/** What people see now. */
async function seen({ ids, folders }: Run) {
  const cases = await desk.seen(ids);
  const inside = await Promise.all(folders.map(async (id) => await desk.inFolder(id)));
  return {
    folders: await Promise.all(folders.map(async (id) => (await desk.folder(id))['status'])),
    cases: ids.map((id) => {
      const { status, resolvedAt = null, closedAt = null, reopenCount = null } = cases.get(id)!;
      return {
        status,
        resolvedAt,
        closedAt,
        reopenCount,
        in: folders.filter((_folder, index) => inside[index]?.includes(id)),
      };
    }),
  };
}

function expected({ ids, folders, model }: Run) {
  return {
    folders: folders.map((id) => model.folders.get(id)),
    cases: ids.map((id) => {
      const one = model.cases.get(id)!;
      return { ...inTwenty(one), in: one.folder === null ? [] : [one.folder] };
    }),
  };
}

test('one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const run = await begin();
      for (const one of steps) await take(run, one);
      expect(await seen(run)).toEqual(expected(run));
      desk.land();
      expect(await seen(run)).toEqual(expected(run));
    }),
    { numRuns: 12 },
  );
}, 60_000);

test('a flow that is taken back at once leaves everything as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), which, fc.constantFrom(...states), async (steps, folder, to) => {
      const run = await begin();
      for (const one of steps) await take(run, one);
      const before = await seen(run);
      await take(run, { kind: 'status', folder, to, cases: [0, 1, 2, 3] });
      await take(run, { kind: 'undo', back: 0 });
      expect(await seen(run)).toEqual(before);
    }),
    { numRuns: 8 },
  );
}, 60_000);

test('two at once end as one of them before the other', async () => {
  const two = fc
    .tuple(step, step)
    .filter((pair) => pair.every(({ kind }) => kind === 'put' || kind === 'take' || kind === 'status'));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 4 }), two, async (steps, [one, other]) => {
      const run = await begin();
      for (const each of steps) await take(run, each);
      const orders = [
        [one, other],
        [other, one],
      ].map((order) => {
        const copy = { ...run, model: structuredClone(run.model), flows: [...run.flows] };
        return { order, copy };
      });
      desk.clock.ms += 1000;
      const now = desk.clock.ms;
      for (const { order, copy } of orders) for (const each of order) inModel(copy, each, now);
      await Promise.all([one, other].map(async (each) => await atDesk(run, each)));
      const ends = orders.map(({ copy }) => JSON.stringify(expected(copy)));
      expect(ends).toContain(JSON.stringify(await seen(run)));
    }),
    { numRuns: 8 },
  );
}, 60_000);

function inModel({ model, ids, folders }: Run, given: Step, now: number): void {
  if (!('folder' in given)) return;
  const cases = given.cases.map((index) => ids[index]!);
  const folder = folders[given.folder]!;
  if (given.kind === 'status') rules.flow(model, `at once ${model.flows.size}`, folder, given.to, cases, now);
  else moves[given.kind](model, folder, cases);
}

async function atDesk({ ids, folders }: Run, given: Step): Promise<void> {
  if (!('folder' in given)) return;
  const cases = given.cases.map((index) => ids[index]!);
  const folder = folders[given.folder]!;
  if (given.kind === 'status') await desk.status(folder, given.to, cases);
  else await desk[given.kind](folder, cases);
}
