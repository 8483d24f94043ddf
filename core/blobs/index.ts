export { createBlobs } from './blobs.ts';
export type { Blobs } from './blobs.ts';
export { createDiskStorage } from './disk-storage.ts';
