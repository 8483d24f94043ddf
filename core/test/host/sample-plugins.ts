import { z } from 'zod';
import {
  type AnyPlugin,
  bearerToken,
  type DeliveryNote,
  defineCapability,
  defineEvent,
  definePlugin,
  event,
  offer,
  on,
  type PluginContext,
  sameSecret,
  secret,
} from '../../contract/index.ts';

/** Small plugins that let a test see what the host does with them. */

const parcelArrived = defineEvent('parcel.arrived', z.object({ number: z.string() }));
const weighing = defineCapability<{ readonly weigh: (number: string) => number }>('weighing');

const config = z.object({ key: secret('Key of the depot.'), motto: z.string().default('').describe('Anything.') });
type Context = PluginContext<z.output<typeof config>, undefined>;

export interface Depot {
  readonly plugin: AnyPlugin;
  /** Numbers of the parcels that were worked on, in order; failures come before. */
  readonly worked: string[];
  /** What the next deliveries fail with. */
  readonly failures: Error[];
  /** Notes deliveries as ignored. */
  ignoring: boolean;
  /** Mottos under which the live link was started, and how many runs are going on. */
  readonly link: { readonly started: string[]; running: number };
}

/** Takes parcels by webhook and announces them. */
export function createDepot(id = 'depot'): Depot {
  const worked: string[] = [];
  const failures: Error[] = [];
  const link = { started: [] as string[], running: 0 };
  const plugin = definePlugin({
    id,
    contract: 1,
    name: 'Depot',
    summary: 'Takes parcels.',
    config,
    webhooks: [
      {
        name: 'parcel',
        path: '/parcel',
        maxBytes: 2000,
        verify: (context: Context, { headers }) =>
          sameSecret(bearerToken(headers['authorization']), context.config.key),
        deliveryKey: ({ body }) => body.toString(),
        serialize: () => 'belt',
        async receive(context: Context, { id: inboxId, request }) {
          const number = request.body.toString();
          const failure = failures.shift();
          if (failure !== undefined) throw failure;
          worked.push(number);
          await context.commit({
            events: [event(parcelArrived, { number }, number)],
            store: [{ key: `parcel/${number}`, value: { number } }],
            notes: [parcelNote(number, inboxId, depot.ignoring)],
          });
        },
      },
    ],
    routes: [
      {
        method: 'GET',
        path: '/weight',
        summary: 'Weighs a parcel.',
        audience: 'operator',
        handle: async (context: Context, { query }) => ({
          body: { weight: context.capability(weighing)?.weigh(query.get('number') ?? '') ?? 'nobody weighs' },
        }),
      },
    ],
    check: async () => [{ name: 'Depot', state: 'ok', detail: 'It is open.' }],
    async start({ config: { motto } }: Context, signal) {
      link.started.push(motto);
      link.running += 1;
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      link.running -= 1;
    },
  });
  const depot: Depot = { plugin, worked, failures, ignoring: false, link };
  return depot;
}

function parcelNote(number: string, inboxId: string, ignoring: boolean): DeliveryNote {
  const [result, summary] = ignoring
    ? (['ignored', 'Nothing new.'] as const)
    : (['done', `Parcel ${number}.`] as const);
  return { direction: 'in', kind: 'parcel', result, summary, inboxId };
}

/** Hears of parcels, and weighs them for others. */
export function createScale(id = 'scale') {
  const heard: string[] = [];
  const failures: Error[] = [];
  const plugin = definePlugin({
    id,
    contract: 1,
    name: 'Scale',
    summary: 'Weighs parcels.',
    config: z.object({ broken: z.boolean().default(false).describe('Cannot be set up.') }),
    setup({ config: { broken } }) {
      if (broken) throw new Error('the scale is broken');
      return undefined;
    },
    events: [
      on(parcelArrived, async (_context, { payload }) => {
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
        heard.push(payload.number);
      }),
    ],
    capabilities: () => [offer(weighing, { weigh: (number) => number.length })],
    check: async () => [{ name: 'Scale', state: 'ok', detail: 'It is level.' }],
  });
  return { plugin: plugin as AnyPlugin, heard, failures };
}
