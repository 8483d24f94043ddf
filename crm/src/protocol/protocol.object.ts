import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { ASSET_KINDS, LANGUAGES, PUBLICATION_STATES } from '../kit/vocabulary.ts';
import { PROTOCOL_PURPOSES } from './protocol.choices.ts';

const field = fieldsOf('protocol');

export default defineObject({
  universalIdentifier: objectId('protocol'),
  nameSingular: 'protocol',
  namePlural: 'protocols',
  labelSingular: 'Protocol',
  labelPlural: 'Protocols',
  description: 'The steps to follow for a kind of case',
  icon: 'IconListCheck',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('protocol', 'name'),
  fields: [
    field.text('name', 'Name', { icon: 'IconListCheck' }),
    field.select('purpose', 'Purpose', PROTOCOL_PURPOSES, { icon: 'IconTargetArrow', initial: 'INTAKE' }),
    field.select('status', 'Status', PUBLICATION_STATES, { icon: 'IconProgress', initial: 'DRAFT' }),
    field.multiSelect('appliesTo', 'Applies to', ASSET_KINDS, {
      icon: 'IconCategory',
      description: 'Kinds of asset; none means all',
    }),
    field.select('language', 'Language', LANGUAGES, { icon: 'IconLanguage' }),
    field.whole('version', 'Version', { icon: 'IconVersions' }),
    field.dateTime('publishedAt', 'Published at', { icon: 'IconCalendarCheck' }),
    field.text('publishedBy', 'Published by', { icon: 'IconUserCheck' }),
    field.richText('body', 'Text', { icon: 'IconFileText' }),
    field.json('definition', 'Definition', {
      icon: 'IconBraces',
      description: 'Steps and decisions as the hub runs them',
      readOnly: true,
    }),
    field.key('externalId', 'External id', {
      icon: 'IconFingerprint',
      description: 'Key of this protocol in the hub',
      readOnly: true,
    }),
    ...relationsOf('protocol'),
  ],
});
