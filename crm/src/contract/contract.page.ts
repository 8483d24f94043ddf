import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'contract',
    label: 'Contract',
    texts: [['terms', 'Terms', 'IconNotes']],
    cards: [['assets', 'Assets']],
  }),
);
