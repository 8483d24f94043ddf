import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('phoneCall', 'Call', {
    General: ['name', 'direction', 'outcome', 'startedAt', 'answeredAt', 'endedAt', 'durationSeconds', 'waitSeconds'],
    Who: ['person', 'company', 'location', 'matchState', 'candidates', 'phoneNumber', 'callerId'],
    Desk: ['agent', 'agentName', 'agentExtension', 'agentEmail', 'queue', 'calledNumber'],
    About: ['serviceCase', 'malfunction', 'callTarget', 'followedUpAt', 'followUpSeconds'],
    Content: ['summary', 'sentiment', 'recordings', 'recordingUrl', 'transcriptLanguage'],
    System: ['journey', 'historyKey', 'externalKey', 'mergedInto', 'mergedCalls'],
  }),
);
