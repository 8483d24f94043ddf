import type { CheckLine } from '@switchboard/core/contract';
import type { WatchedDn } from '../client/call-control.ts';
import type { Context } from '../services.ts';
import { lineOf } from './ledger.ts';
import { probe } from './probe.ts';
import { type Facts, whyMissing } from './system.ts';
import type { MappedAgent } from './users.ts';

/** More names than that help nobody; the number tells the rest. */
const MOST_NAMED = 20;

/** Whether calls can be watched and made, and whose: Call Control sees the extensions that are listed at its client and no others. */
export async function checkCallControl(
  context: Context,
  facts: Facts & { readonly agents?: readonly MappedAgent[] | undefined },
  signal: AbortSignal,
): Promise<CheckLine[]> {
  const name = 'Call Control';
  const { callControl } = context.services.pbx;
  if (callControl === undefined) return [{ name, state: 'off', ...withoutClient }];
  return await probe(name, whyMissing(facts, withoutScope), async () => {
    const seen = extensionsIn(await callControl.snapshot(signal));
    const held = await context.services.sightings.last('live');
    const link = `The live link was last seen to hold at ${held?.toISOString() ?? 'no time yet'}.`;
    const line = await lineOf(context, 'live', {
      name,
      code: 'threecx.live',
      values: { count: seen.size, held: held?.toISOString() ?? '–' },
      detail: `It shows ${seen.size} extensions. ${link}`,
    });
    return [line, ...(facts.agents === undefined ? [] : [listed(facts.agents, seen)])];
  });
}

function extensionsIn(dns: readonly WatchedDn[]): Set<string> {
  return new Set(dns.filter(({ type }) => type === '' || type === 'Wextension').map(({ dn }) => dn));
}

function listed(agents: readonly MappedAgent[], seen: ReadonlySet<string>): CheckLine {
  const name = 'Watched extensions';
  const missing = agents.filter(({ extension }) => !seen.has(extension));
  if (missing.length === 0) {
    const detail = `All ${agents.length} agents are listed at the client.`;
    return { name, state: 'ok', code: 'threecx.watched', values: { count: agents.length }, detail };
  }
  const named = missing.slice(0, MOST_NAMED).map((agent) => `${agent.extension} ${agent.name}`.trim());
  const rest = missing.length > named.length ? ` (+${missing.length - named.length})` : '';
  const names = `${named.join(', ')}${rest}`;
  return {
    name,
    state: 'warning',
    code: 'threecx.unwatched',
    values: { names },
    detail: `Calls of these agents are not seen while they ring, and cannot be controlled: ${names}.`,
    remedy:
      'Add their extensions to the Call Control client in 3CX under Integrations, API; groups cannot be chosen there.',
  };
}

const withoutClient = {
  code: 'threecx.live-off',
  detail: 'No client for it is entered: calls are not seen while they ring, and the hub cannot make any.',
  remedy:
    'Make a client with "Call Control API" and the extensions of all agents in 3CX, and enter it as liveClientId and liveSecret.',
};

const withoutScope = {
  code: 'threecx.live-closed',
  detail: 'The client may not use it: calls are not seen while they ring, and the hub cannot make any.',
  remedy: 'Tick "Call Control API" for the client in 3CX and choose the extensions of all agents.',
};
