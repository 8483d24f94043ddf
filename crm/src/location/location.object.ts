import { defineObject } from 'twenty-sdk/define';

import { fieldsOf } from '../kit/fields.ts';
import { fieldId, objectId } from '../kit/objects.ts';
import { relationsOf } from '../kit/relations.ts';
import { LOCATION_KINDS, LOCATION_STATES } from './location.choices.ts';

const field = fieldsOf('location');

export default defineObject({
  universalIdentifier: objectId('location'),
  nameSingular: 'location',
  namePlural: 'locations',
  labelSingular: 'Location',
  labelPlural: 'Locations',
  description: 'A place that is looked after: a site, a building, a shop, a home',
  icon: 'IconMapPin',
  isSearchable: true,
  labelIdentifierFieldMetadataUniversalIdentifier: fieldId('location', 'name'),
  fields: [
    field.text('name', 'Name', { icon: 'IconMapPin' }),
    // "address" is a name that Twenty keeps for itself.
    field.address('siteAddress', 'Address', { icon: 'IconMap' }),
    field.phones('phones', 'Phones', {
      icon: 'IconPhone',
      description: 'Numbers of the place itself; callers are recognised by them',
    }),
    field.emails('emails', 'E-mails', { icon: 'IconMail' }),
    field.select('kind', 'Kind', LOCATION_KINDS, { icon: 'IconCategory' }),
    field.select('status', 'Status', LOCATION_STATES, { icon: 'IconProgress', initial: 'ACTIVE' }),
    field.text('accessNotes', 'Access notes', {
      icon: 'IconKey',
      description: 'How to get in: keys, gate codes, opening hours, whom to ask',
    }),
    field.text('timeZone', 'Time zone', { icon: 'IconClock', description: 'IANA name such as Europe/Amsterdam' }),
    field.key('externalId', 'External id', {
      icon: 'IconFingerprint',
      description: 'Key of this place in the system it comes from',
    }),
    ...relationsOf('location'),
  ],
});
