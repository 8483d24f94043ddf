import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'protocol',
    name: 'All protocols',
    columns: [['name', 260], 'purpose', 'status', 'appliesTo', 'language', 'version', 'publishedAt'],
  }),
);
