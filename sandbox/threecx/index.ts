import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Principal, PrincipalOptions } from './access/principals.ts';
import { build } from './build.ts';
import type { Playing } from './calls/player.ts';
import { playSchema, type PlayRequest } from './calls/script.ts';
import { createControl } from './control.ts';
import type { Directory } from './directory/directory.ts';
import type { Faults } from './faults.ts';
import { openInstallation } from './installation.ts';
import { createJournal, type JournalEntry } from './journal.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { PlayedCall } from './pbx/pbx.ts';
import { type CallRequest, callScript } from './pbx/script.ts';
import type { Settings, SettingsPatch } from './settings.ts';
import type { ChatMessage } from './xapi/chats.ts';

export type { PrincipalOptions } from './access/principals.ts';
export type { Played, Playing } from './calls/player.ts';
export type { PlayRequest } from './calls/script.ts';
export type { Fault } from './faults.ts';
export type { JournalEntry } from './journal.ts';
export type { Outcome } from './pbx/crm.ts';
export { extensions } from './pbx/extensions.ts';
export type { PlayedCall } from './pbx/pbx.ts';
export type { CallRequest } from './pbx/script.ts';
export type { SettingsPatch } from './settings.ts';

export type ThreecxOptions = {
  /** Default `127.0.0.1`: whoever reaches the stand-in may make calls. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Folder in which the installed template is kept over restarts. */
  readonly dataDir?: string;
  /** Build, licence, speed, how people behave; see `settings.ts`. */
  readonly settings?: SettingsPatch;
  /** Further agents beside 101 to 105, numbered from 1001 on. */
  readonly agents?: number;
  /** API clients; default `crmlive` for Call Control and `crmsync` for the Configuration API, with keys made up. */
  readonly principals?: readonly PrincipalOptions[];
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly log?: (message: string, fields: object) => void;
};

export type Threecx = {
  /** A page to ring from, the control API below `/control`, and the vendor's APIs. */
  readonly url: string;
  readonly port: number;
  /**
   * Uploads a CRM template, as the administrator of the PBX does.
   * @throws Error telling what is wrong with it
   */
  readonly installTemplate: (xml: string, options?: { values?: Readonly<Record<string, string>> }) => Promise<void>;
  /** Makes a call happen in no time: lookup, reports, a call in the log that is over already. Nobody can watch it. */
  readonly call: (script: CallRequest) => Promise<PlayedCall>;
  /** Plays a scenario in its time, on every channel. */
  readonly play: (script: PlayRequest) => Playing;
  /** When every call is over and reported. */
  readonly idle: () => Promise<void>;
  /** Everybody hangs up. */
  readonly hangUp: () => void;
  readonly settings: Settings;
  /** Extensions, departments, queues; what an administrator would change. */
  readonly directory: Directory;
  readonly principals: {
    readonly all: () => readonly Principal[];
    readonly put: (options: PrincipalOptions) => Principal;
  };
  readonly faults: Faults;
  /** The truth about what happened, to compare with. */
  readonly ledger: Pick<Ledger, 'rows' | 'recordings' | 'deleteFiles'>;
  /** Adds a chat to the history. */
  readonly addChat: (messages: readonly Omit<ChatMessage, 'ConversationId'>[]) => void;
  /** How many WebSockets are open. */
  readonly sockets: () => number;
  /** What happened, newest last, at most 500 entries. */
  readonly log: () => readonly JournalEntry[];
  readonly close: () => Promise<void>;
};

/** One for Call Control and one for the Configuration API: each has a token of its own. */
export const apiClients: readonly PrincipalOptions[] = [
  { clientId: 'crmlive', xapi: false },
  { clientId: 'crmsync', callControl: false },
];

/** Starts a stand-in of 3CX V20: agents, calls that take their time, the vendor's APIs, and a CRM template engine that calls out. */
export async function startThreecx(options: ThreecxOptions = {}): Promise<Threecx> {
  const { host = '127.0.0.1', port = 0, dataDir, now = Date.now, log = () => {} } = options;
  const { settings = {}, agents = 0, principals = apiClients } = options;
  const installation = await openInstallation(dataDir && join(dataDir, 'threecx.json'));
  const journal = createJournal(now, log);
  const machine = build({ installation, settings, agents, principals, now, log });
  machine.app.use(createControl({ ...machine, journal }));
  await listen(machine.server, port, host);
  const taken = (machine.server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${taken}`,
    port: taken,
    async installTemplate(xml, { values = {} } = {}) {
      await installation.install(xml, values);
      journal.add('template', { installed: true });
    },
    async call(script) {
      const played = await machine.pbx.play(callScript.parse(script));
      journal.add('call', played);
      return played;
    },
    play: (script) => machine.player.play(playSchema.parse(script)),
    idle: machine.player.idle,
    hangUp: machine.exchange.close,
    settings: machine.settings,
    directory: machine.directory,
    principals: machine.principals,
    faults: machine.faults,
    ledger: machine.ledger,
    addChat: machine.chats.add,
    sockets: machine.sockets.count,
    log: journal.entries,
    async close() {
      machine.stop.abort();
      machine.exchange.close();
      machine.sockets.drop();
      await Promise.all([closeServer(machine.server), machine.player.idle()]);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
