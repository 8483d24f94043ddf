import { defineView } from 'twenty-sdk/define';

import { fieldsView } from '../../kit/views.ts';

/** Without what only programs read (ids of candidates, the journey as JSON): the panel shows it in words. */
export default defineView(
  fieldsView('phoneCall', 'Call', {
    General: ['direction', 'outcome', 'startedAt', 'answeredAt', 'endedAt', 'duration', 'waiting'],
    Who: ['person', 'company', 'location', 'phone', 'matchState', 'candidateNames', 'callerId'],
    Desk: ['agent', 'agentName', 'agentExtension', 'agentEmail', 'queue', 'calledNumber'],
    About: ['serviceCase', 'malfunction', 'callTarget', 'followedUpAt', 'followedUpAfter', 'mergedInto', 'mergedCalls'],
    Content: ['summary', 'sentiment', 'recordingConsent', 'recordingUrl', 'transcriptLanguage'],
    System: ['phoneNumber', 'durationSeconds', 'waitSeconds', 'followUpSeconds', 'historyKey', 'externalKey'],
  }),
);
