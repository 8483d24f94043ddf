import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';

export default defineField({
  ...fieldsOf('person').text('mailUndeliverableReason', 'Mail error', {
    icon: 'IconMailQuestion',
    description: 'The address, and what its server says',
    readOnly: true,
  }),
  objectUniversalIdentifier: objectId('person'),
});
