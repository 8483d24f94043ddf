import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { plugin } from '../../plugins/threecx/plugin.ts';
import { ask, startChild } from './child.ts';
import type { CallOrders, PbxAddress, PbxOrders, PbxRing } from './pbx.ts';
import type { PopSource, Ring } from './source.ts';
import type { Agent } from './stage.ts';

interface ThreecxSource extends PopSource {
  /** @param extensions are called in turns; all of them unless told otherwise */
  readonly ring: (calls: number, perSecond: number, extensions?: readonly string[]) => Promise<readonly Ring[]>;
  readonly close: () => Promise<void>;
}

/** Calls at a 3CX: measures the whole way, from the moment in which the PBX rings to the browser of the agent it rings at. */
export async function startThreecxSource(agents: readonly Agent[]): Promise<ThreecxSource> {
  const members = new Map(agents.map(({ extension, memberId }) => [extension, memberId]));
  const child = startChild('pbx.ts');
  const { url, clientId, secret } = await ask<PbxAddress>(child, { agents: agents.length } satisfies PbxOrders);
  let rung = 0;

  return {
    plugin,
    config: {
      apiKey: randomBytes(24).toString('base64url'),
      pbxUrl: url,
      liveClientId: clientId,
      liveSecret: secret,
    },
    topic: 'calls',
    labelField: 'phoneNumber',
    async ring(calls, perSecond, extensions) {
      const orders: CallOrders = { calls, perSecond, first: rung, ...(extensions === undefined ? {} : { extensions }) };
      rung += calls;
      const rings = await ask<PbxRing[]>(child, orders);
      return rings.map(([label, at, extension]): Ring => ({ label, at, member: members.get(extension) ?? '' }));
    },
    async close() {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
