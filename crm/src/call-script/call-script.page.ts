import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'callScript',
    label: 'Call script',
    texts: [['body', 'Text', 'IconFileText']],
  }),
);
