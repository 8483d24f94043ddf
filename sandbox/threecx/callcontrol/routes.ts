import express, { type Express, type Request, type Response } from 'express';
import type { Guard } from '../access/guard.ts';
import type { Principal } from '../access/principals.ts';
import { type Device, devicesOf } from '../calls/devices.ts';
import type { Exchange } from '../calls/exchange.ts';
import type { Leg } from '../calls/types.ts';
import type { Directory } from '../directory/directory.ts';
import type { Settings } from '../settings.ts';
import { actionBody, commandFor } from './actions.ts';
import type { MakeCall } from './make-call.ts';
import { makeCallBody } from './make-call.ts';
import { deviceView, participantView } from './views.ts';

export type CallControlParts = {
  readonly guard: Guard;
  readonly settings: Settings;
  readonly directory: Directory;
  readonly exchange: Exchange;
  readonly makeCall: (call: MakeCall) => Leg;
};

/** Answers a request, or with this status and nothing else. */
type Handler = (seen: Seen, request: Request<Params>) => object | number;
type Params = { dn: string; id: string; action: string };
type Seen = { readonly principal: Principal; readonly dn: string };

/** The REST side of Call Control, below `/callcontrol`. */
export function callControlRoutes(parts: CallControlParts): Express {
  const { guard, settings, directory, exchange } = parts;
  const app = express();
  app.use(express.json({ limit: '100kb' }));

  const participants = (dn: string) => exchange.legsAt(dn).map((leg) => participantView(leg, settings.current()));
  const snapshot = createSnapshot(directory, participants);
  const deviceAt = (dn: string, id: string) => devicesOf(directory, dn).find(({ deviceId }) => deviceId === id);
  const legAt = ({ params }: Request<Params>) => exchange.leg(params.dn, Number(params.id));

  function route(method: 'get' | 'post', path: string, handle: Handler): void {
    app[method](path, (request: Request<Params>, response: Response) => {
      const answer = answerOf(handle, request);
      if (typeof answer === 'number') response.status(answer).end();
      else response.json(answer);
    });
  }

  function answerOf(handle: Handler, request: Request<Params>): object | number {
    const access = guard.callControl(request);
    if ('refused' in access) return access.refused;
    const { principal } = access;
    const { dn } = request.params;
    return dn === undefined || sees(principal, dn) ? handle({ principal, dn }, request) : 403;
  }

  function start(from: string, device: Device | undefined, body: unknown): object | number {
    const asked = makeCallBody.safeParse(body);
    if (!asked.success) return 422;
    if (device === undefined) return failure(settings, 'PhoneNotRegistered', 'No device is registered.');
    const leg = parts.makeCall({ from, deviceId: device.deviceId, ...asked.data });
    return success(settings, participantView(leg, settings.current()));
  }

  route('get', '/', ({ principal }) => [...principal.monitors, principal.clientId].map(snapshot));
  route('get', '/:dn', ({ dn }) => snapshot(dn));
  route('get', '/:dn/devices', ({ dn }) => devicesOf(directory, dn).map(deviceView));
  route('get', '/:dn/devices/:id', ({ dn }, { params }) => {
    const device = deviceAt(dn, params.id);
    return device === undefined ? 404 : deviceView(device);
  });
  route('get', '/:dn/participants', ({ dn }) => participants(dn));
  route('get', '/:dn/participants/:id', (_seen, request) => {
    const leg = legAt(request);
    return leg === undefined ? 404 : participantView(leg, settings.current());
  });
  // Audio is for participants of route points only, and the stand-in has no calls there.
  for (const method of ['get', 'post'] as const)
    route(method, '/:dn/participants/:id/stream', (_seen, request) => (legAt(request) === undefined ? 404 : 424));
  route('post', '/:dn/makecall', ({ dn }, { body }) => start(dn, devicesOf(directory, dn)[0], body));
  route('post', '/:dn/devices/:id/makecall', ({ dn }, { params, body }) => {
    const device = deviceAt(dn, params.id);
    return device === undefined ? 404 : start(dn, device, body);
  });
  route('post', '/:dn/participants/:id/:action', (_seen, request) => {
    const leg = legAt(request);
    const body = actionBody.safeParse(request.body ?? {});
    if (leg === undefined) return 404;
    if (!body.success) return 422;
    const command = commandFor(request.params.action, leg, body.data.destination ?? '', directory);
    if (typeof command === 'number') return command;
    leg.call.command(command);
    return success(settings, participantView(leg, settings.current()));
  });
  return app;
}

export function sees({ monitors, clientId }: Principal, dn: string): boolean {
  return dn === clientId || monitors.includes(dn);
}

function createSnapshot(directory: Directory, participants: (dn: string) => object[]) {
  return (dn: string) => ({
    dn,
    type: directory.peer(dn)?.Type === 'Extension' ? 'Wextension' : 'Wroutepoint',
    devices: devicesOf(directory, dn).map(deviceView),
    participants: participants(dn),
  });
}

function success(settings: Settings, result: object): object {
  const finalstatus = settings.current().finalStatusAs === 'number' ? 1 : 'Success';
  return { finalstatus, reason: 'None', reasontext: '', result };
}

function failure(settings: Settings, reason: string, reasontext: string): object {
  const finalstatus = settings.current().finalStatusAs === 'number' ? -1 : 'Failed';
  return { finalstatus, reason, reasontext, result: null };
}
