import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { CHANNELS, SERVICE_LEVELS } from '../kit/vocabulary.ts';
import { CASE_KINDS, CASE_PRIORITIES, CASE_STATES, CLOSE_REASONS, SERVICE_STATES } from './service-case.choices.ts';

const field = fieldsOf('serviceCase');

export default defineObject({
  universalIdentifier: objectId('serviceCase'),
  nameSingular: 'serviceCase',
  namePlural: 'serviceCases',
  labelSingular: 'Case',
  labelPlural: 'Cases',
  description: 'Something a customer wants solved',
  icon: 'IconTicket',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('serviceCase', 'name'),
  fields: [
    field.text('name', 'Case', { icon: 'IconTicket', description: 'Number and subject, written by the hub' }),
    field.key('number', 'Number', {
      icon: 'IconHash',
      description: 'Running number of the workspace, such as C-000123',
      readOnly: true,
    }),
    field.text('subject', 'Subject', { icon: 'IconHeading' }),
    field.select('status', 'Status', CASE_STATES, { icon: 'IconProgress', initial: 'NEW' }),
    field.select('priority', 'Priority', CASE_PRIORITIES, { icon: 'IconFlag', initial: 'NORMAL' }),
    field.select('kind', 'Kind', CASE_KINDS, { icon: 'IconCategory' }),
    field.select('channel', 'Channel', CHANNELS, { icon: 'IconMessages' }),
    field.text('nextStep', 'Next step', { icon: 'IconArrowRight', description: 'What happens next and who does it' }),
    field.dateTime('nextStepAt', 'Next step at', { icon: 'IconCalendarEvent' }),
    field.list('tags', 'Tags', { icon: 'IconTags' }),
    field.text('customerReference', 'Customer ref.', {
      icon: 'IconReceipt',
      description: "The customer's own number for it",
    }),
    field.select('serviceLevel', 'Service level', SERVICE_LEVELS, { icon: 'IconRosette' }),
    field.select('serviceState', 'Deadline', SERVICE_STATES, {
      icon: 'IconClockCheck',
      description: 'Whether the promised times are kept',
      readOnly: true,
    }),
    field.dateTime('openedAt', 'Opened at', { icon: 'IconCalendarPlus' }),
    field.dateTime('responseDueAt', 'Respond by', { icon: 'IconAlarm' }),
    field.dateTime('firstResponseAt', 'Responded at', { icon: 'IconMessageCircle', readOnly: true }),
    field.dateTime('resolveDueAt', 'Resolve by', { icon: 'IconAlarm' }),
    field.dateTime('resolvedAt', 'Resolved at', { icon: 'IconCheck' }),
    field.dateTime('closedAt', 'Closed at', { icon: 'IconLock' }),
    field.dateTime('lastActivityAt', 'Last activity', { icon: 'IconActivity', readOnly: true }),
    field.whole('reopenCount', 'Reopened', { icon: 'IconRefresh', description: 'How many times', readOnly: true }),
    field.select('closeReason', 'Close reason', CLOSE_REASONS, { icon: 'IconLock' }),
    field.whole('protocolVersion', 'Version', {
      icon: 'IconVersions',
      description: 'The version this case is bound to',
      readOnly: true,
    }),
    field.richText('description', 'Description', { icon: 'IconFileText' }),
    field.richText('resolution', 'Resolution', { icon: 'IconFileCheck' }),
    field.key('externalId', 'External id', {
      icon: 'IconFingerprint',
      description: 'Key of this case in the system it comes from',
    }),
    ...relationsOf('serviceCase'),
  ],
});
