import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'callTarget',
    label: 'Call target',
    cards: [['phoneCalls', 'Calls']],
    panel: true,
  }),
);
