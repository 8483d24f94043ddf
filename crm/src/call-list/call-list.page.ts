import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'callList',
    label: 'Call list',
    texts: [['description', 'Description', 'IconFileText']],
    cards: [['targets', 'Targets']],
  }),
);
