import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'protocol',
    label: 'Protocol',
    texts: [['body', 'Text', 'IconFileText']],
  }),
);
