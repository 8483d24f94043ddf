import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { ACTOR_KINDS, ENTRY_KINDS } from './case-entry.choices.ts';

const field = fieldsOf('caseEntry');

export default defineObject({
  universalIdentifier: objectId('caseEntry'),
  nameSingular: 'caseEntry',
  namePlural: 'caseEntries',
  labelSingular: 'Journal entry',
  labelPlural: 'Journal entries',
  description:
    'One thing that happened to a case or malfunction; a copy of the journal that the hub keeps and can prove',
  icon: 'IconHistory',
  isSearchable: false,
  isUICreatable: false,
  isUIEditable: false,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('caseEntry', 'name'),
  fields: [
    field.text('name', 'Entry', { icon: 'IconHistory', description: 'What happened, in one line' }),
    field.key('externalKey', 'External key', {
      icon: 'IconFingerprint',
      description: 'The same fact reported twice has the same key',
    }),
    field.select('kind', 'Kind', ENTRY_KINDS, { icon: 'IconCategory' }),
    field.dateTime('occurredAt', 'Occurred at', { icon: 'IconCalendarEvent' }),
    field.whole('sequence', 'Sequence', {
      icon: 'IconSortAscendingNumbers',
      description: 'Position in the journal that the hub keeps of the workspace',
    }),
    field.select('actorKind', 'Author type', ACTOR_KINDS, { icon: 'IconUserCircle' }),
    field.text('actorName', 'Author', { icon: 'IconUserCircle' }),
    field.text('source', 'Source', {
      icon: 'IconPlugConnected',
      description: 'Twenty, console, 3CX, mail, Slack, Zapier, import',
    }),
    field.richText('body', 'Text', { icon: 'IconFileText' }),
    field.json('before', 'Before', { icon: 'IconArrowBack' }),
    field.json('after', 'After', { icon: 'IconArrowForward' }),
    field.text('requestId', 'Request id', { icon: 'IconHash' }),
    field.text('hash', 'Hash', { icon: 'IconShieldCheck' }),
    field.text('previousHash', 'Prior hash', { icon: 'IconShieldCheck', description: 'Hash of the entry before' }),
    ...relationsOf('caseEntry'),
  ],
});
