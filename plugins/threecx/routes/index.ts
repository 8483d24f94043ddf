import type { MemberRoute, Route } from '@switchboard/core/contract';
import { agentRoutes } from './agents.ts';
import { caseDraft, caseDraftForMember } from './case-draft.ts';
import { createContact } from './create-contact.ts';
import { lookup } from './lookup.ts';
import { phoneRoutes, phoneRoutesForMembers } from './phone.ts';
import { recordingAudio, recordingList } from './recordings.ts';
import { search } from './search.ts';
import { settleCall, settleCallForMember } from './settle-call.ts';
import { template } from './template.ts';
import { unsettledCalls } from './unsettled-calls.ts';
import type { Context } from '../services.ts';

export const routes: readonly Route<Context>[] = [
  lookup,
  search,
  createContact,
  template,
  unsettledCalls,
  settleCall,
  caseDraft,
  ...phoneRoutes,
  ...agentRoutes,
];

/** For members, inside Twenty and in the console. */
export const memberRoutes: readonly MemberRoute<Context>[] = [
  recordingList,
  recordingAudio,
  settleCallForMember,
  caseDraftForMember,
  ...phoneRoutesForMembers,
];
