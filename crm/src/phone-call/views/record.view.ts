import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

export default defineView(
  fieldsView('phoneCall', 'Call', {
    General: ['direction', 'outcome', 'startedAt', 'answeredAt', 'endedAt', 'durationSeconds', 'waitSeconds'],
    Who: ['person', 'company', 'location', 'matchState', 'candidateNames', 'phoneNumber', 'callerId'],
    Desk: ['agent', 'agentName', 'agentExtension', 'agentEmail', 'queue', 'calledNumber'],
    About: ['serviceCase', 'malfunction', 'callTarget', 'followedUpAt', 'followUpSeconds', 'mergedInto', 'mergedCalls'],
    Content: ['summary', 'sentiment', 'recordings', 'recordingUrl', 'transcriptLanguage'],
    System: ['candidates', 'journey', 'historyKey', 'externalKey'],
  }),
);
