import { defineView } from 'twenty-sdk/define';

import { indexView } from '../../kit/views.ts';

export default defineView(
  indexView({
    object: 'callScript',
    name: 'All call scripts',
    columns: [['name', 260], 'purpose', 'status', 'language', 'version', 'publishedAt'],
  }),
);
