import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'asset',
    label: 'Asset',
    texts: [['remarks', 'Remarks', 'IconNotes']],
    cards: [
      ['serviceCases', 'Cases'],
      ['malfunctions', 'Malfunctions'],
    ],
  }),
);
