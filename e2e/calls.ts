import { setTimeout as sleep } from 'node:timers/promises';
import type { TwentyClient } from '@switchboard/sandbox/demo';
import type { Stage } from './stage.ts';

const CALLERS = [
  '0031201234567',
  '00447700900101',
  '00493023125010',
  '00493023125001',
  '0012125550110',
  '00447700900999',
];
const AGENTS = ['101', '102', '103', '104'];

/** A journal post as the 3CX template sends it, one of many different calls: known callers, a location, a stranger. */
export function callPost(index: number): Record<string, string> {
  const start = new Date(Date.UTC(2026, 0, 5, 8, 0, 0) + index * 600_000);
  const time = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;
  return {
    callType: 'Inbound',
    direction: 'Inbound',
    number: CALLERS[index % CALLERS.length] ?? '',
    name: '',
    agent: AGENTS[index % AGENTS.length] ?? '',
    agentEmail: '',
    agentFirstName: '',
    agentLastName: '',
    queue: '',
    seconds: '60',
    startUtc: time(start),
    endUtc: time(new Date(start.getTime() + 60_000)),
    entityId: '',
    entityType: '',
    transcription: '',
    summary: '',
    sentiment: '',
    recordingUrl: '',
  };
}

/** Posts until the hub has taken it: 3CX is not patient, but whoever tests that nothing is lost must be. */
export async function postCall(stage: Stage, index: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const accepted = await fetch(`${stage.url}/hooks/acme/threecx/call`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.threecxKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(callPost(index)),
      signal: AbortSignal.timeout(10_000),
    }).then(
      (response) => response.ok,
      () => false,
    );
    if (accepted) return;
    await sleep(100);
  }
  throw new Error(`The hub never took call ${index}`);
}

/** How many calls stand in the CRM, and how many different ones. */
export async function countCalls(crm: TwentyClient): Promise<{ records: number; different: number }> {
  const { phoneCalls } = (await crm.records(
    '{ phoneCalls(first: 2000) { edges { node { startedAt agentExtension } } } }',
  )) as {
    phoneCalls: { edges: { node: { startedAt: string; agentExtension: string } }[] };
  };
  const keys = phoneCalls.edges.map(({ node }) => `${node.startedAt} ${node.agentExtension}`);
  return { records: keys.length, different: new Set(keys).size };
}
