import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'location',
    label: 'Location',
    cards: [
      ['serviceCases', 'Cases'],
      ['malfunctions', 'Malfunctions'],
      ['phoneCalls', 'Calls'],
      ['people', 'People'],
    ],
    panel: true,
    desk: ['malfunctions'],
  }),
);
