import { createConnection } from 'node:net';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { type TestRedis, testRedis } from '../index.ts';

const redis = await testRedis();
const reason = redis.url === undefined ? ` (skipped: ${redis.reason})` : '';
const withRedis = redis.url === undefined ? test.skip : test;

withRedis(`what Redis acknowledged is there after a power failure${reason}`, async () => {
  const server = redis as TestRedis;
  expect(await command(server.url, 'SET fact kept')).toBe('+OK');
  await server.kill();
  await expect(command(server.url, 'GET fact')).rejects.toThrow('ECONNREFUSED');
  await server.start();
  expect(await command(server.url, 'GET fact')).toBe('$4\r\nkept');
  await server.close();
});

async function command(url: string, line: string): Promise<string> {
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${line}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString().trim();
}
