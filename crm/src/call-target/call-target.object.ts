import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { COMPLIANCE_DECISIONS, TARGET_OUTCOMES, TARGET_STATES } from './call-target.choices.ts';

const field = fieldsOf('callTarget');

export default defineObject({
  universalIdentifier: objectId('callTarget'),
  nameSingular: 'callTarget',
  namePlural: 'callTargets',
  labelSingular: 'Call target',
  labelPlural: 'Call targets',
  description: 'One person on a call list',
  icon: 'IconTarget',
  isSearchable: false,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('callTarget', 'name'),
  fields: [
    field.text('name', 'Target', { icon: 'IconTarget', description: 'Person and list, written by the hub' }),
    field.key('externalKey', 'External key', {
      icon: 'IconFingerprint',
      description: 'The same person on the same list has the same key',
      readOnly: true,
    }),
    field.select('status', 'Status', TARGET_STATES, { icon: 'IconProgress', initial: 'WAITING' }),
    field.select('outcome', 'Outcome', TARGET_OUTCOMES, { icon: 'IconPhoneCheck' }),
    field.text('phoneNumber', 'Phone number', { icon: 'IconPhone' }),
    field.whole('attempts', 'Attempts', { icon: 'IconRepeat', readOnly: true }),
    field.dateTime('lastAttemptAt', 'Last attempt', { icon: 'IconCalendarEvent', readOnly: true }),
    field.dateTime('callbackAt', 'Call back at', { icon: 'IconPhoneCalling' }),
    field.text('skipReason', 'Skip reason', { icon: 'IconPlayerSkipForward' }),
    field.decimal('score', 'Score', {
      icon: 'IconChartDots',
      description: 'How well the assignee fits this person',
      readOnly: true,
    }),
    field.json('scoreParts', 'Score details', { icon: 'IconChartDots', readOnly: true }),
    field.select('compliance', 'May be called', COMPLIANCE_DECISIONS, { icon: 'IconShieldCheck', readOnly: true }),
    field.text('complianceReason', 'Rule', {
      icon: 'IconShieldCheck',
      description: 'The rule that decided, with its version',
      readOnly: true,
    }),
    field.json('answers', 'Answers', { icon: 'IconMessageQuestion', readOnly: true }),
    ...relationsOf('callTarget'),
  ],
});
