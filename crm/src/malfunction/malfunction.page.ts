import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'malfunction',
    label: 'Malfunction',
    texts: [
      ['description', 'Description', 'IconFileText'],
      ['resolution', 'Resolution', 'IconFileCheck'],
    ],
    cards: [
      ['serviceCases', 'Cases'],
      ['phoneCalls', 'Calls'],
      ['messages', 'Messages'],
      ['entries', 'Journal'],
    ],
    panel: true,
    desk: ['members'],
  }),
);
