import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { ASSET_KINDS } from '../kit/vocabulary.ts';
import { ASSET_STATES } from './asset.choices.ts';

const field = fieldsOf('asset');

export default defineObject({
  universalIdentifier: objectId('asset'),
  nameSingular: 'asset',
  namePlural: 'assets',
  labelSingular: 'Asset',
  labelPlural: 'Assets',
  description: 'A thing at a location that can break: an elevator, a boiler, a server',
  icon: 'IconEngine',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('asset', 'name'),
  fields: [
    field.text('name', 'Name', { icon: 'IconEngine' }),
    field.select('kind', 'Kind', ASSET_KINDS, { icon: 'IconCategory' }),
    field.select('status', 'Status', ASSET_STATES, { icon: 'IconProgress', initial: 'IN_SERVICE' }),
    field.text('serialNumber', 'Serial number', { icon: 'IconBarcode' }),
    field.text('manufacturer', 'Manufacturer', { icon: 'IconBuildingFactory' }),
    field.text('model', 'Model', { icon: 'IconTag' }),
    field.text('placement', 'Placement', { icon: 'IconMap2', description: 'Where at the location: floor, room, roof' }),
    field.date('installedOn', 'Installed on', { icon: 'IconCalendarPlus' }),
    field.date('warrantyUntil', 'Warranty to', { icon: 'IconShieldCheck' }),
    field.richText('remarks', 'Remarks', { icon: 'IconNotes' }),
    field.key('externalId', 'External id', {
      icon: 'IconFingerprint',
      description: 'Key of this asset in the system it comes from',
    }),
    ...relationsOf('asset'),
  ],
});
