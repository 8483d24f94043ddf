import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { SERVICE_LEVELS } from '../kit/vocabulary.ts';
import { CONTRACT_STATES, SUPPORT_HOURS } from './contract.choices.ts';

const field = fieldsOf('contract');

export default defineObject({
  universalIdentifier: objectId('contract'),
  nameSingular: 'contract',
  namePlural: 'contracts',
  labelSingular: 'Contract',
  labelPlural: 'Contracts',
  description: 'What was promised to a customer: times, hours, covered assets',
  icon: 'IconFileCertificate',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('contract', 'name'),
  fields: [
    field.text('name', 'Name', { icon: 'IconFileCertificate' }),
    field.text('number', 'Number', { icon: 'IconHash' }),
    field.select('status', 'Status', CONTRACT_STATES, { icon: 'IconProgress', initial: 'ACTIVE' }),
    field.date('startsOn', 'Starts on', { icon: 'IconCalendarPlus' }),
    field.date('endsOn', 'Ends on', { icon: 'IconCalendarMinus' }),
    field.select('serviceLevel', 'Service level', SERVICE_LEVELS, { icon: 'IconRosette', initial: 'STANDARD' }),
    field.whole('responseMinutes', 'Respond (min)', {
      icon: 'IconClockCheck',
      description: 'Minutes to the first response, counted in support hours',
    }),
    field.whole('resolveMinutes', 'Resolve (min)', {
      icon: 'IconClockCheck',
      description: 'Minutes to the solution, counted in support hours',
    }),
    field.select('supportHours', 'Support hours', SUPPORT_HOURS, { icon: 'IconClockHour9', initial: 'BUSINESS_HOURS' }),
    field.json('supportSchedule', 'Own schedule', {
      icon: 'IconCalendarTime',
      description: 'Per weekday, when the support hours are an own schedule',
    }),
    field.richText('terms', 'Terms', { icon: 'IconNotes' }),
    field.key('externalId', 'External id', {
      icon: 'IconFingerprint',
      description: 'Key of this contract in the system it comes from',
    }),
    ...relationsOf('contract'),
  ],
});
