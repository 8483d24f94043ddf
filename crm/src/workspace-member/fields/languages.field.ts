import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';
import { LANGUAGES } from '../../kit/vocabulary.ts';

export default defineField({
  ...fieldsOf('workspaceMember').multiSelect('languages', 'Languages', LANGUAGES, { icon: 'IconLanguage' }),
  objectUniversalIdentifier: objectId('workspaceMember'),
});
