import { randomInt } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** The port this cluster had last time, or a new one when another program has taken it since. */
export async function choosePort(portFile: string): Promise<number> {
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => ''));
  if (remembered > 0 && (await isFree(remembered))) return remembered;
  const port = await findFreePort();
  await writeFile(`${portFile}.${process.pid}`, `${port}\n`);
  await rename(`${portFile}.${process.pid}`, portFile);
  return port;
}

/** Below the range from which systems take the ports of outgoing connections, so it stays free between starts. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
