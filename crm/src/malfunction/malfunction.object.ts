import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { ASSET_KINDS } from '../kit/vocabulary.ts';
import { MALFUNCTION_KINDS, MALFUNCTION_STATES, SEVERITIES } from './malfunction.choices.ts';

const field = fieldsOf('malfunction');

export default defineObject({
  universalIdentifier: objectId('malfunction'),
  nameSingular: 'malfunction',
  namePlural: 'malfunctions',
  labelSingular: 'Malfunction',
  labelPlural: 'Malfunctions',
  description: 'A folder for the calls and cases about one issue',
  icon: 'IconAlertTriangle',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('malfunction', 'name'),
  fields: [
    field.text('name', 'Malfunction', {
      icon: 'IconAlertTriangle',
      description: 'Number and title, written by the hub',
    }),
    field.key('number', 'Number', {
      icon: 'IconHash',
      description: 'Running number of the workspace, such as M-000123',
      readOnly: true,
    }),
    field.text('title', 'Title', { icon: 'IconHeading' }),
    field.select('status', 'Status', MALFUNCTION_STATES, { icon: 'IconProgress', initial: 'REPORTED' }),
    field.select('severity', 'Severity', SEVERITIES, { icon: 'IconFlame', initial: 'MODERATE' }),
    field.select('kind', 'Kind', MALFUNCTION_KINDS, { icon: 'IconCategory' }),
    field.select('assetKind', 'Kind of asset', ASSET_KINDS, { icon: 'IconEngine' }),
    field.flag('isMajor', 'Tell callers', {
      icon: 'IconSpeakerphone',
      description: 'Announced to everyone on the phone',
    }),
    field.text('announcement', 'Announcement', {
      icon: 'IconSpeakerphone',
      description: 'What agents may tell callers',
    }),
    field.dateTime('openedAt', 'Opened at', { icon: 'IconCalendarPlus' }),
    field.dateTime('expectedResolutionAt', 'Expected by', { icon: 'IconCalendarEvent' }),
    field.dateTime('resolvedAt', 'Resolved at', { icon: 'IconCheck' }),
    field.dateTime('closedAt', 'Closed at', { icon: 'IconLock' }),
    field.dateTime('lastActivityAt', 'Last activity', { icon: 'IconActivity', readOnly: true }),
    field.whole('caseCount', 'Cases in it', { icon: 'IconTicket', readOnly: true }),
    field.whole('callCount', 'Calls in it', { icon: 'IconPhone', readOnly: true }),
    field.list('tags', 'Tags', { icon: 'IconTags' }),
    field.richText('description', 'Description', { icon: 'IconFileText' }),
    field.richText('resolution', 'Resolution', { icon: 'IconFileCheck' }),
    field.key('externalId', 'External id', {
      icon: 'IconFingerprint',
      description: 'Key of this malfunction in the system it comes from',
    }),
    ...relationsOf('malfunction'),
  ],
});
