export { countChanges } from './head.ts';
export { type Live, startLive } from './live.ts';
export { createPublish, type Publish } from './publish.ts';
export type { Viewer } from './scope.ts';
export { collectTopics, type Topics } from './topics.ts';
