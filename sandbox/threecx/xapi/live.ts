import { z } from 'zod';
import { devicesOf } from '../calls/devices.ts';
import type { Leg, LiveCall } from '../calls/types.ts';
import type { Directory } from '../directory/directory.ts';
import { badRequest, notFound } from './odata/errors.ts';
import { ok, type Operation } from './odata/router.ts';
import { collection } from './numbers.ts';
import type { XapiParts } from './parts.ts';
import { parse } from './odata/body.ts';

const makeCallBody = z.object({
  dn: z.string().nullish(),
  destination: z.string().min(1),
  contact: z.string().nullish(),
  testCall: z.boolean().nullish(),
});

/** Calls that go on, and starting one without Call Control. */
export function liveOperations({ directory, exchange, clock, makeCall }: XapiParts): Operation[] {
  const calls = () => exchange.calls().map((call) => callView(call, directory, clock.now()));
  return [
    collection('/ActiveCalls', calls, []),
    {
      method: 'POST',
      path: '/ActiveCalls({Id})/Pbx.DropCall',
      handle({ args }) {
        const call = exchange.calls().find(({ callId }) => callId === args['Id']);
        if (call === undefined) throw notFound();
        call.command({ kind: 'hangUp' });
        return ok({});
      },
    },
    {
      method: 'POST',
      path: '/Users/Pbx.MakeCall',
      handle({ body }) {
        const { dn, destination } = parse(makeCallBody, body);
        const [device] = devicesOf(directory, dn ?? '');
        if (device === undefined) throw badRequest('WARNINGS.XAPI.NOT_FOUND', 'dn');
        const leg = makeCall({ from: device.dn, deviceId: device.deviceId, destination });
        return ok({ FinalStatus: 'Success', Reason: 'None', ReasonText: '', VttId: null, Result: resultOf(leg) });
      },
    },
  ];
}

function callView(call: LiveCall, directory: Directory, now: number) {
  const [caller, ...others] = call.legs();
  const callee = others.find(({ status }) => status === 'Connected') ?? others[0];
  const talking = callee?.answeredAt ?? null;
  const changedAt = new Date(talking ?? call.startedAt).toISOString();
  return {
    Id: call.callId,
    Caller: sideOf(caller, directory),
    Callee: sideOf(callee, directory),
    Status: talking === null ? 'Routing' : 'Talking',
    EstablishedAt: changedAt,
    LastChangeStatus: changedAt,
    ServerNow: new Date(now).toISOString(),
  };
}

/** As 3CX displays a side: `101 Anna Demo`, `10007 Some Caller (+31…)`. */
function sideOf(leg: Leg | undefined, { nameOf }: Directory): string {
  if (leg === undefined) return '';
  if (leg.kind !== 'external') return `${leg.dn} ${nameOf(leg.dn)}`;
  const { name, callerId } = leg.call.partyOf(leg);
  return `${leg.dn} ${name} (${callerId})`;
}

/** The same participant as in Call Control, in the other spelling. */
function resultOf({ id, status, dn, party, deviceId, directControl, call, legId }: Leg) {
  return {
    Id: id,
    Status: status,
    DN: dn,
    PartyCallerId: party.callerId,
    PartyCallerName: party.name,
    PartyDn: party.dn,
    PartyDnType: party.kind === 'external' ? 'Wexternalline' : 'Wextension',
    DeviceId: deviceId,
    DirectControl: directControl,
    CallId: call.callId,
    LegId: legId,
  };
}
