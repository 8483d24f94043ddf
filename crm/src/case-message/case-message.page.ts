import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'caseMessage',
    label: 'Message',
    texts: [['body', 'Text', 'IconFileText']],
  }),
);
