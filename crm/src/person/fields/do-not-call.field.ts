import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';

export default defineField({
  ...fieldsOf('person').flag('doNotCall', 'Do not call', {
    icon: 'IconPhoneOff',
    description: 'Outbound calls to this person are refused',
  }),
  objectUniversalIdentifier: objectId('person'),
});
