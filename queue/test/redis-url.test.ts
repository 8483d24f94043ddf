import { describe, expect, test } from '@jest/globals';

import { parseRedisUrl } from '../bullmq/redis-url.ts';

describe('parseRedisUrl', () => {
  test('reads a single server', () => {
    expect(parseRedisUrl('redis://redis.example.com')).toEqual({
      mode: 'single',
      options: { host: 'redis.example.com', port: 6379 },
    });
    expect(parseRedisUrl('rediss://hub:p%40ss@[::1]:6380/2')).toEqual({
      mode: 'single',
      options: { host: '::1', port: 6380, username: 'hub', password: 'p@ss', db: 2, tls: {} },
    });
  });

  test('reads Sentinels', () => {
    expect(parseRedisUrl('redis+sentinel://:secret@a.example.com,b.example.com:26380/1?master=main')).toEqual({
      mode: 'single',
      options: {
        password: 'secret',
        db: 1,
        name: 'main',
        sentinels: [
          { host: 'a.example.com', port: 26379 },
          { host: 'b.example.com', port: 26380 },
        ],
      },
    });
  });

  test('reads a Cluster', () => {
    expect(parseRedisUrl('rediss+cluster://a.example.com:7000,b.example.com:7001')).toEqual({
      mode: 'cluster',
      nodes: [
        { host: 'a.example.com', port: 7000 },
        { host: 'b.example.com', port: 7001 },
      ],
      options: { tls: {} },
    });
  });

  test.each([
    '',
    'localhost:6379',
    'http://:hunter2@redis.example.com',
    'redis+sentinel://:hunter2@a.example.com',
    'redis://:hunter2@a,b',
  ])('refuses %j with a next step and without quoting a password', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(
      expect.objectContaining({
        code: 'invalid-job',
        remedy: expect.any(String),
        message: expect.not.stringContaining('hunter2'),
      }),
    );
  });
});
