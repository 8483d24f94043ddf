import { createServer, type Server } from 'node:http';
import express from 'express';
import { createGuard } from './access/guard.ts';
import { createPrincipals, type PrincipalOptions } from './access/principals.ts';
import { tokenEndpoint } from './access/token-endpoint.ts';
import { createTokens } from './access/tokens.ts';
import { makeCall } from './callcontrol/make-call.ts';
import { callControlRoutes } from './callcontrol/routes.ts';
import { openSockets } from './callcontrol/sockets.ts';
import { createClock } from './calls/clock.ts';
import { createExchange } from './calls/exchange.ts';
import { createPlayer } from './calls/player.ts';
import { createDirectory } from './directory/directory.ts';
import { createDisturbance } from './disturbance.ts';
import { createFaults } from './faults.ts';
import type { Installation } from './installation.ts';
import { createLedger } from './ledger/ledger.ts';
import { createOutage } from './outage.ts';
import { createCrm } from './pbx/crm.ts';
import { createPbx } from './pbx/pbx.ts';
import type { AgentOf } from './pbx/reports.ts';
import { createTimetable } from './pbx/timetable.ts';
import { createSettings, type SettingsPatch } from './settings.ts';
import { createChats } from './xapi/chats.ts';
import { allOperations } from './xapi/operations.ts';
import { xapiService } from './xapi/service.ts';

export type BuildOptions = {
  readonly installation: Installation;
  readonly settings: SettingsPatch;
  readonly agents: number;
  readonly principals: readonly PrincipalOptions[];
  readonly now: () => number;
  readonly log: (message: string, fields: object) => void;
};

export type Machine = ReturnType<typeof build>;

/** Puts the parts of the PBX together; nothing listens yet. */
export function build({ installation, now, log, ...options }: BuildOptions) {
  const stop = new AbortController();
  const settings = createSettings(options.settings);
  const directory = createDirectory(options.agents);
  const clock = createClock(settings, now, stop.signal);
  const numbers = directory.users.all().map(({ Number }) => Number);
  const principals = createPrincipals(options.principals, numbers);
  const tokens = createTokens(principals, settings, now);
  const guard = createGuard(tokens, settings);
  const exchange = createExchange({ directory, settings, now });
  const ledger = createLedger({ directory, settings, clock });
  const [frames, posts] = [createDisturbance(), createDisturbance()];
  const app = express();
  const server = createServer(app);
  const outage = createOutage(() => sockets.drop());
  const ask = async (token: string, path: string) => await askOverHttp(server, token, path);
  const sockets = openSockets({ server, guard, tokens, exchange, disturbance: frames, isUp: outage.isUp, ask });
  const crm = createCrm({ installation, disturbance: posts, isUp: outage.isUp });
  const agentOf = createAgentOf(directory);
  const player = createPlayer({ clock, directory, exchange, ledger, crm, agentOf, signal: stop.signal });
  const call = makeCall.bind(undefined, { player, clock, settings, directory, log });
  const chats = createChats();
  const parts = { settings, directory, exchange, ledger, clock, installation, chats, makeCall: call };

  app.disable('x-powered-by');
  app.use('/connect', outage.guard).post('/connect/token', tokenEndpoint(tokens, settings));
  app.use('/xapi/v1', outage.guard, xapiService({ guard, settings, operations: allOperations(parts) }));
  app.use('/callcontrol', outage.guard, callControlRoutes({ guard, settings, directory, exchange, makeCall: call }));

  const { nextCallIds } = exchange;
  const timetable = createTimetable(now);
  const pbx = createPbx({ crm, timetable, now, agentOf, nextCallIds, logged: ledger.add, chatted: chats.record });
  const faults = createFaults({ sockets, outage, tokens, frames, posts });
  return { ...parts, app, server, principals, tokens, player, pbx, faults, sockets, stop };
}

/** An extension that exists, or one without a name, as a door phone has. */
function createAgentOf({ users }: ReturnType<typeof createDirectory>): AgentOf {
  return (number) => {
    const { FirstName = '', LastName = '', EmailAddress = '' } = users.byNumber(number) ?? {};
    return { number, firstName: FirstName, lastName: LastName, email: EmailAddress };
  };
}

/** What is asked over a WebSocket is answered as over HTTP. */
async function askOverHttp(server: Server, token: string, path: string): Promise<{ status: number; body: unknown }> {
  const address = server.address();
  if (address === null || typeof address === 'string' || !path.startsWith('/callcontrol'))
    return { status: 404, body: null };
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const response = await fetch(`http://${host}:${address.port}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
}
