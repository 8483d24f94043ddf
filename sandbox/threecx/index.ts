import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createControl } from './control.ts';
import { openInstallation } from './installation.ts';
import { createJournal, type JournalEntry } from './journal.ts';
import { createPbx, type PlayedCall } from './pbx/pbx.ts';
import { type CallRequest, callScript } from './pbx/script.ts';
import { createTimetable } from './pbx/timetable.ts';

export { extensions } from './pbx/extensions.ts';
export type { JournalEntry } from './journal.ts';
export type { Outcome, PlayedCall } from './pbx/pbx.ts';
export type { CallRequest } from './pbx/script.ts';

export type ThreecxOptions = {
  /** Default `127.0.0.1`: whoever reaches the stand-in may make calls. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Folder in which the installed template is kept over restarts. */
  readonly dataDir?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly log?: (message: string, fields: object) => void;
};

export type Threecx = {
  /** A page to ring from, and the control API below `/control`. */
  readonly url: string;
  readonly port: number;
  /**
   * Uploads a CRM template, as the administrator of the PBX does.
   * @throws Error telling what is wrong with it
   */
  readonly installTemplate: (xml: string, options?: { values?: Readonly<Record<string, string>> }) => Promise<void>;
  /** Makes a call happen: lookup while ringing, reports at the end. */
  readonly call: (script: CallRequest) => Promise<PlayedCall>;
  /** What happened, newest last, at most 500 entries. */
  readonly log: () => readonly JournalEntry[];
  readonly close: () => Promise<void>;
};

/** Starts a stand-in of 3CX V20: a PBX with five agents whose CRM template engine calls out as 3CX does. */
export async function startThreecx(options: ThreecxOptions = {}): Promise<Threecx> {
  const { host = '127.0.0.1', port = 0, dataDir, now = Date.now, log = () => {} } = options;
  const installation = await openInstallation(dataDir && join(dataDir, 'threecx.json'));
  const journal = createJournal(now, log);
  const pbx = createPbx(installation, createTimetable(now), now);
  const server = createServer(createControl({ pbx, installation, journal }));
  await listen(server, port, host);
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${host}:${taken}`,
    port: taken,
    async installTemplate(xml, { values = {} } = {}) {
      await installation.install(xml, values);
      journal.add('template', { installed: true });
    },
    async call(script) {
      const played = await pbx.play(callScript.parse(script));
      journal.add('call', played);
      return played;
    },
    log: journal.entries,
    close: () => closeServer(server),
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
