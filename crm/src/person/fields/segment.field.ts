import { defineField } from 'twenty-sdk/define';

import { fieldsOf } from '../../kit/fields.ts';
import { objectId } from '../../kit/objects.ts';

export default defineField({
  ...fieldsOf('person').text('segment', 'Segment', {
    icon: 'IconChartPie',
    description:
      'Own grouping of customers; free text, because options of an application cannot be extended by the workspace',
  }),
  objectUniversalIdentifier: objectId('person'),
});
