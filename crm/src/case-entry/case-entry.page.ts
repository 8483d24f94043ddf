import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'caseEntry',
    label: 'Journal entry',
    texts: [['body', 'Text', 'IconFileText']],
  }),
);
