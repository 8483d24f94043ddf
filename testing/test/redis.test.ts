import { createConnection } from 'node:net';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { testRedis } from '../index.ts';

const redis = await testRedis();
const title = 'what Redis acknowledged is there after a power failure';

if (redis.url === undefined) {
  test.skip(`${title} (skipped: ${redis.reason})`, () => {});
} else {
  test(title, async () => {
    expect(await command(redis.url, 'SET fact kept')).toBe('+OK');
    await redis.kill();
    await expect(command(redis.url, 'GET fact')).rejects.toThrow('ECONNREFUSED');
    await redis.start();
    expect(await command(redis.url, 'GET fact')).toBe('$4\r\nkept');
    await redis.close();
  });
}

async function command(url: string, line: string): Promise<string> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${line}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString().trim();
}
