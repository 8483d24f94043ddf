export { createMembers } from './members.ts';
export type { Member, Members } from './members.ts';
