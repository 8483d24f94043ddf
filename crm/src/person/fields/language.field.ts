import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';
import { LANGUAGES } from '../../kit/vocabulary.ts';

export default defineField({
  ...fieldsOf('person').select('language', 'Language', LANGUAGES, { icon: 'IconLanguage' }),
  objectUniversalIdentifier: objectId('person'),
});
