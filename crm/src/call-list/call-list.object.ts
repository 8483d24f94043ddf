import { defineObject } from 'twenty-sdk/define';

import { SCRIPT_PURPOSES } from '../call-script/call-script.choices.ts';
import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { LIST_STATES } from './call-list.choices.ts';

const field = fieldsOf('callList');

export default defineObject({
  universalIdentifier: objectId('callList'),
  nameSingular: 'callList',
  namePlural: 'callLists',
  labelSingular: 'Call list',
  labelPlural: 'Call lists',
  description: 'People to be called for one purpose',
  icon: 'IconListDetails',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('callList', 'name'),
  fields: [
    field.text('name', 'Name', { icon: 'IconListDetails' }),
    field.select('purpose', 'Purpose', SCRIPT_PURPOSES, { icon: 'IconTargetArrow' }),
    field.select('status', 'Status', LIST_STATES, { icon: 'IconProgress', initial: 'DRAFT' }),
    field.dateTime('startsAt', 'Starts at', { icon: 'IconCalendarPlus' }),
    field.dateTime('endsAt', 'Ends at', { icon: 'IconCalendarMinus' }),
    field.whole('maxAttempts', 'Max. attempts', { icon: 'IconRepeat' }),
    field.whole('retryMinutes', 'Pause (min)', { icon: 'IconHourglass', description: 'Minutes between two attempts' }),
    field.flag('mayBeSkipped', 'May skip', { icon: 'IconPlayerSkipForward', description: 'Agents may skip a target' }),
    field.json('callingHours', 'Calling hours', {
      icon: 'IconCalendarTime',
      description: "Per weekday, in the callee's time zone",
    }),
    field.whole('targetCount', 'Target count', { icon: 'IconTarget', readOnly: true }),
    field.whole('doneCount', 'Targets done', { icon: 'IconChecks', readOnly: true }),
    field.richText('description', 'Description', { icon: 'IconFileText' }),
    field.key('externalId', 'External id', {
      icon: 'IconFingerprint',
      description: 'Key of this list in the hub',
      readOnly: true,
    }),
    ...relationsOf('callList'),
  ],
});
