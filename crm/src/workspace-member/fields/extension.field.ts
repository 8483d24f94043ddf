import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';

export default defineField({
  ...fieldsOf('workspaceMember').text('extension', 'Extension', {
    icon: 'IconPhone',
    description: 'Number in the telephone system',
  }),
  objectUniversalIdentifier: objectId('workspaceMember'),
});
