export { createJournal, readAnchor } from './journal.ts';
export type { Journal } from './journal.ts';
export { journalTopic } from './topic.ts';
export { createNightlyCheck } from './verify-nightly.ts';
