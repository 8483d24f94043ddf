import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'serviceCase',
    label: 'Case',
    texts: [
      ['description', 'Description', 'IconFileText'],
      ['resolution', 'Resolution', 'IconFileCheck'],
    ],
    cards: [
      ['phoneCalls', 'Calls'],
      ['messages', 'Messages'],
      ['entries', 'Journal'],
    ],
    panel: true,
    desk: ['handling', 'calls', 'mails'],
  }),
);
