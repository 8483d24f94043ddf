import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { CALL_DIRECTIONS, CALL_OUTCOMES, MATCH_STATES } from './phone-call.choices.ts';

const field = fieldsOf('phoneCall');

export default defineObject({
  universalIdentifier: objectId('phoneCall'),
  nameSingular: 'phoneCall',
  namePlural: 'phoneCalls',
  labelSingular: 'Call',
  labelPlural: 'Calls',
  description: 'One telephone call',
  icon: 'IconPhone',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('phoneCall', 'name'),
  fields: [
    field.text('name', 'Call', { icon: 'IconPhone', description: 'Direction and number, written by the hub' }),
    field.key('externalKey', 'External key', {
      icon: 'IconFingerprint',
      description: 'The same call reported twice has the same key',
    }),
    field.select('direction', 'Direction', CALL_DIRECTIONS, { icon: 'IconArrowsLeftRight' }),
    field.select('outcome', 'Outcome', CALL_OUTCOMES, { icon: 'IconPhoneCheck' }),
    field.dateTime('startedAt', 'Started at', { icon: 'IconCalendarEvent' }),
    field.dateTime('answeredAt', 'Answered at', { icon: 'IconPhoneCheck' }),
    field.dateTime('endedAt', 'Ended at', { icon: 'IconPhoneOff' }),
    field.whole('durationSeconds', 'Duration (s)', { icon: 'IconClock' }),
    field.whole('waitSeconds', 'Waiting (s)', { icon: 'IconHourglass' }),
    field.text('phoneNumber', 'Phone number', {
      icon: 'IconPhone',
      description: 'The other side, with country code when it can be told',
    }),
    field.text('callerId', 'Raw number', { icon: 'IconPhoneIncoming' }),
    field.text('calledNumber', 'Called number', {
      icon: 'IconPhoneOutgoing',
      description: 'The own number that was dialled',
    }),
    field.text('agentExtension', 'Extension', { icon: 'IconHeadset' }),
    field.text('agentName', 'Agent name', { icon: 'IconHeadset' }),
    field.text('agentEmail', 'Agent e-mail', { icon: 'IconAt' }),
    field.text('queue', 'Queue', { icon: 'IconUsersGroup' }),
    field.select('matchState', 'Recognition', MATCH_STATES, { icon: 'IconUserQuestion' }),
    field.json('candidates', 'Candidates', {
      icon: 'IconUserSearch',
      description: 'People and places that may be meant',
      readOnly: true,
    }),
    field.dateTime('followedUpAt', 'Followed up', {
      icon: 'IconPhoneCalling',
      description: 'When a missed call was called back, or the caller got through',
    }),
    field.whole('followUpSeconds', 'After (s)', {
      icon: 'IconClockCheck',
      description: 'From the end of the missed call to the talk',
    }),
    field.text('summary', 'Summary', { icon: 'IconFileText' }),
    field.richText('transcript', 'Transcript', { icon: 'IconTextRecognition' }),
    field.text('transcriptLanguage', 'Spoken in', { icon: 'IconLanguage' }),
    field.decimal('sentiment', 'Mood (1 to 5)', { icon: 'IconMoodSmile', description: '1 very unhappy, 5 very happy' }),
    field.text('recordingUrl', 'Recording', { icon: 'IconLink' }),
    field.files('recordings', 'Recordings', { icon: 'IconMicrophone' }),
    field.json('journey', 'Journey', {
      icon: 'IconRoute',
      description: 'The stations of the call: queues, agents, transfers',
      readOnly: true,
    }),
    field.text('historyKey', 'Id in the call log', {
      icon: 'IconFingerprint',
      description: 'The id of the call in the log of the telephone system',
    }),
    ...relationsOf('phoneCall'),
  ],
});
