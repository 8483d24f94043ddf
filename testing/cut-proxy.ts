import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server on this machine and breaks the line when it is told to. */
export type CutProxy = {
  readonly port: number;
  /** How many connections there were. */
  connections(): number;
  /** Cuts all lines there are now. */
  cut(): void;
  /** Cuts each line as soon as so many bytes have come from the server; undefined lets them be. */
  cutAfter(bytes: number | undefined): void;
  /** Keeps all lines open and lets nothing through, on those there are and on new ones; what came meanwhile is lost. */
  freeze(frozen: boolean): void;
  close(): Promise<void>;
};

/** @param target port of the server */
export async function startCutProxy(target: number): Promise<CutProxy> {
  const lines = new Set<Socket>();
  let limit: number | undefined;
  let frozen = false;
  let count = 0;

  const server = createServer((client) => {
    count += 1;
    let passed = 0;
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      for (const side of [client, upstream]) {
        side.destroy();
        lines.delete(side);
      }
    };
    for (const side of [client, upstream]) {
      lines.add(side);
      side.on('error', end).on('close', end);
    }
    client.on('data', (chunk) => frozen || upstream.write(chunk));
    upstream.on('data', (chunk) => {
      if (frozen) return;
      passed += chunk.length;
      if (limit !== undefined && passed > limit) end();
      else client.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cut = () => {
    for (const side of lines) side.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    cut,
    cutAfter: (bytes) => {
      limit = bytes;
    },
    freeze: (wanted) => {
      frozen = wanted;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
