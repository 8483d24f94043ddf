import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@switchboard/testing';
import { type LiveClient, openShared } from '../../live/client/index.ts';

/** Tabs of one browser at one line; each is a participant of its own, as pages are. */

type Call = { readonly who: string };
type Topics = { readonly calls: Call; readonly day: { readonly at: string } };
type Line = { readonly topics: string; readonly after: string | null; readonly send: (text: string) => void };

const opened: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** The hub as a browser sees it: lines that are open, what was asked on each. */
function startHub() {
  const lines: Line[] = [];
  let connections = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    connections += 1;
    let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        stream = controller;
      },
    });
    const line: Line = {
      topics: new URL(input as string).searchParams.get('topics') ?? '',
      after: new Headers(init?.headers).get('last-event-id'),
      send: (text) => stream?.enqueue(new TextEncoder().encode(text)),
    };
    lines.push(line);
    init?.signal?.addEventListener('abort', () => {
      lines.splice(lines.indexOf(line), 1);
      stream?.error(new Error('aborted'));
    });
    return new Response(body);
  };
  return { lines, fetch, connections: () => connections };
}

const snapshot = (id: number, who: string) =>
  `event: snapshot\ndata: {"topics":["calls"],"items":[{"topic":"calls","key":"1","data":{"who":"${who}"}}]}\nid: ${id}\n\n`;
const upsert = (id: number, topic: string, key: string, data: object) =>
  `event: upsert\ndata: ${JSON.stringify({ topic, key, data })}\nid: ${id}\n\n`;

function openTab(name: string, hub: ReturnType<typeof startHub>, topics: readonly (keyof Topics)[] = ['calls']) {
  const heard: string[] = [];
  const states: string[] = [];
  const client: LiveClient<Topics> = openShared<Topics>({
    name,
    url: 'https://hub.example.com/live',
    topics,
    fetch: hub.fetch,
    onChange: (changes) => heard.push(...changes.map(({ topic, key }) => `${topic} ${key}`)),
    onState: ({ kind }) => states.push(kind),
  });
  const tab = { ...client, heard, states };
  opened.push(tab);
  return tab;
}

const callers = (tab: LiveClient<Topics>) => [...tab.items('calls').values()].map(({ who }) => who);

test('eight tabs hold one line; each hears everything, also who comes later', async () => {
  const [hub, name] = [startHub(), randomUUID()];
  const first = openTab(name, hub);
  await waitFor('a line', () => hub.lines.length === 1);
  hub.lines[0]?.send(snapshot(1, 'Pat'));
  await waitFor('the first to hear', () => callers(first).includes('Pat'));

  const others = Array.from({ length: 7 }, () => openTab(name, hub));
  await waitFor('newcomers to know', () => others.every((tab) => callers(tab).includes('Pat')));
  hub.lines[0]?.send(upsert(2, 'calls', '2', { who: 'Kim' }));
  await waitFor('everybody to hear', () => [first, ...others].every((tab) => callers(tab).includes('Kim')));
  expect(others.every(({ states }) => states.at(-1) === 'live')).toBe(true);
  expect(hub.connections()).toBe(1);
});

test('when the one that leads closes, another goes on from the last event', async () => {
  const [hub, name] = [startHub(), randomUUID()];
  const leader = openTab(name, hub);
  await waitFor('a line', () => hub.lines.length === 1);
  hub.lines[0]?.send(snapshot(1, 'Pat'));
  const [one, other] = [openTab(name, hub), openTab(name, hub)];
  await waitFor('both to know', () => [one, other].every((tab) => callers(tab).includes('Pat')));
  hub.lines[0]?.send(upsert(7, 'calls', '2', { who: 'Kim' }));
  await waitFor('both to hear', () => [one, other].every((tab) => callers(tab).includes('Kim')));

  await leader.close();
  await waitFor('one of them to lead', () => hub.connections() === 2 && hub.lines.length === 1);
  expect(hub.lines[0]?.after).toBe('7');
  hub.lines[0]?.send(upsert(8, 'calls', '3', { who: 'Lee' }));
  await waitFor('both to go on', () => [one, other].every((tab) => callers(tab).includes('Lee')));
  // And who comes now is told of what was before its leader led.
  const newcomer = openTab(name, hub);
  await waitFor('the newcomer to know', () => callers(newcomer).length === 3);
  expect(hub.connections()).toBe(2);
});

test('who follows more has the line follow more, and is the only one to be told of it', async () => {
  const [hub, name] = [startHub(), randomUUID()];
  const first = openTab(name, hub);
  await waitFor('a line', () => hub.lines.length === 1);
  hub.lines[0]?.send(snapshot(1, 'Pat'));
  await waitFor('the first to hear', () => callers(first).includes('Pat'));

  const second = openTab(name, hub, ['day']);
  await waitFor('a wider line', () => hub.lines.length === 1 && hub.lines[0]?.topics === 'calls,day');
  expect(hub.lines[0]?.after).toBeNull();
  hub.lines[0]?.send(snapshot(2, 'Pat') + upsert(3, 'day', 'mine', { at: 'now' }));
  await waitFor('the day', () => second.items('day').size === 1);
  expect(second.heard).toEqual(['day mine']);
  expect(first.heard).toEqual(['calls 1']);
});

test('other members of the same browser share nothing', async () => {
  const hub = startHub();
  const [one, other] = [openTab(randomUUID(), hub), openTab(randomUUID(), hub)];
  await waitFor('two lines', () => hub.lines.length === 2);
  hub.lines[0]?.send(snapshot(1, 'Pat'));
  await waitFor('one to hear', () => callers(one).length === 1);
  expect(callers(other)).toEqual([]);
});
