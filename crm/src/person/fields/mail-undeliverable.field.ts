import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';

export default defineField({
  ...fieldsOf('person').flag('mailUndeliverable', 'Mail fails', {
    icon: 'IconMailOff',
    description: 'Mail to an address of this person comes back',
    readOnly: true,
  }),
  objectUniversalIdentifier: objectId('person'),
});
