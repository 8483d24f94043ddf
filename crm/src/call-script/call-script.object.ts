import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { LANGUAGES, PUBLICATION_STATES } from '../kit/vocabulary.ts';
import { SCRIPT_PURPOSES } from './call-script.choices.ts';

const field = fieldsOf('callScript');

export default defineObject({
  universalIdentifier: objectId('callScript'),
  nameSingular: 'callScript',
  namePlural: 'callScripts',
  labelSingular: 'Call script',
  labelPlural: 'Call scripts',
  description: 'What to say and ask in an outbound call',
  icon: 'IconScript',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('callScript', 'name'),
  fields: [
    field.text('name', 'Name', { icon: 'IconScript' }),
    field.select('purpose', 'Purpose', SCRIPT_PURPOSES, { icon: 'IconTargetArrow' }),
    field.select('status', 'Status', PUBLICATION_STATES, { icon: 'IconProgress', initial: 'DRAFT' }),
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
      description: 'Key of this script in the hub',
      readOnly: true,
    }),
    ...relationsOf('callScript'),
  ],
});
