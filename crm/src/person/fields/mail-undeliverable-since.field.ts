import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';

export default defineField({
  ...fieldsOf('person').dateTime('mailUndeliverableSince', 'Failing since', {
    icon: 'IconCalendarX',
    readOnly: true,
  }),
  objectUniversalIdentifier: objectId('person'),
});
