import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { CALL_DIRECTIONS, CALL_OUTCOMES, MATCH_STATES, RECORDING_RULES } from './phone-call.choices.ts';

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
  isUICreatable: false,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('phoneCall', 'name'),
  fields: [
    field.text('name', 'Call', {
      icon: 'IconPhone',
      description: 'Direction and number, written by the hub',
      readOnly: true,
    }),
    field.key('externalKey', 'External key', {
      icon: 'IconFingerprint',
      description: 'The same call reported twice has the same key',
      readOnly: true,
    }),
    field.select('direction', 'Direction', CALL_DIRECTIONS, { icon: 'IconArrowsLeftRight', readOnly: true }),
    field.select('outcome', 'Outcome', CALL_OUTCOMES, { icon: 'IconPhoneCheck', readOnly: true }),
    field.dateTime('startedAt', 'Started at', { icon: 'IconCalendarEvent', readOnly: true }),
    field.dateTime('answeredAt', 'Answered at', { icon: 'IconPhoneCheck', readOnly: true }),
    field.dateTime('endedAt', 'Ended at', { icon: 'IconPhoneOff', readOnly: true }),
    field.text('duration', 'Duration', {
      icon: 'IconClock',
      description: 'How long they talked, as 4:07; in seconds it is there for sums',
      readOnly: true,
    }),
    field.whole('durationSeconds', 'Duration (s)', { icon: 'IconClock', readOnly: true }),
    field.text('waiting', 'Waiting', {
      icon: 'IconHourglass',
      description: 'Until somebody answered or the caller gave up, as 0:42',
      readOnly: true,
    }),
    field.whole('waitSeconds', 'Waiting (s)', { icon: 'IconHourglass', readOnly: true }),
    field.phones('phone', 'Phone', {
      icon: 'IconPhone',
      description: 'The other side; empty when the number was withheld or cannot be read',
      readOnly: true,
    }),
    field.text('phoneNumber', 'Number', {
      icon: 'IconPhone',
      description: 'The same as one text with country code, for searching and for programs',
      readOnly: true,
    }),
    field.text('callerId', 'Raw number', { icon: 'IconPhoneIncoming', readOnly: true }),
    field.text('calledNumber', 'Called number', {
      icon: 'IconPhoneOutgoing',
      description: 'The own number that was dialled',
      readOnly: true,
    }),
    field.text('agentExtension', 'Extension', { icon: 'IconHeadset', readOnly: true }),
    field.text('agentName', 'Agent name', { icon: 'IconHeadset', readOnly: true }),
    field.text('agentEmail', 'Agent e-mail', { icon: 'IconAt', readOnly: true }),
    field.text('queue', 'Queue', { icon: 'IconUsersGroup', readOnly: true }),
    field.select('matchState', 'Recognition', MATCH_STATES, { icon: 'IconUserQuestion' }),
    field.text('candidateNames', 'Candidates', {
      icon: 'IconUserSearch',
      description: 'People and places that may be meant, by name',
      readOnly: true,
    }),
    field.json('candidates', 'Candidate ids', {
      icon: 'IconUserSearch',
      description: 'The same with their ids, for programs',
      readOnly: true,
    }),
    field.dateTime('followedUpAt', 'Followed up', {
      icon: 'IconPhoneCalling',
      description: 'When a missed call was called back, or the caller got through',
    }),
    field.text('followedUpAfter', 'After', {
      icon: 'IconClockCheck',
      description: 'From the end of the missed call to the talk, as 12:30',
      readOnly: true,
    }),
    field.whole('followUpSeconds', 'After (s)', {
      icon: 'IconClockCheck',
      description: 'From the end of the missed call to the talk',
      readOnly: true,
    }),
    field.text('summary', 'Summary', { icon: 'IconFileText' }),
    field.richText('transcript', 'Transcript', { icon: 'IconTextRecognition', readOnly: true }),
    field.text('transcriptLanguage', 'Spoken in', { icon: 'IconLanguage', readOnly: true }),
    field.decimal('sentiment', 'Mood (1 to 5)', {
      icon: 'IconMoodSmile',
      description: '1 very unhappy, 5 very happy',
      readOnly: true,
    }),
    field.text('recordingUrl', 'Recording', { icon: 'IconLink', readOnly: true }),
    field.multiSelect('recordingConsent', 'Consent', RECORDING_RULES, {
      icon: 'IconShieldCheck',
      description: 'What the telephone system was set to when the call was recorded',
      readOnly: true,
    }),
    field.files('recordings', 'Recordings', { icon: 'IconMicrophone', readOnly: true }),
    field.json('journey', 'Journey', {
      icon: 'IconRoute',
      description: 'The stations of the call: queues, agents, transfers',
      readOnly: true,
    }),
    field.text('historyKey', 'Log id', {
      icon: 'IconFingerprint',
      description: 'The id of the call in the log of the telephone system',
      readOnly: true,
    }),
    ...relationsOf('phoneCall'),
  ],
});
