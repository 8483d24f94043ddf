export { freshDatabase, hubDatabase, testDatabase } from './database.ts';
export type { TestDatabase } from './database.ts';
export { memoryFileStore } from './file-store.ts';
export { outside } from './outside.ts';
export { testRedis } from './redis.ts';
export type { NoRedis, TestRedis } from './redis.ts';
export { freePort } from './free-port.ts';
export { waitFor } from './wait-for.ts';
