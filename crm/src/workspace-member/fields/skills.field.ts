import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';

export default defineField({
  ...fieldsOf('workspaceMember').list('skills', 'Skills', { icon: 'IconSparkles' }),
  objectUniversalIdentifier: objectId('workspaceMember'),
});
