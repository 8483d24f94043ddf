import { definePageLayout } from 'twenty-sdk/define';

import { recordPage } from '../kit/pages.ts';

export default definePageLayout(
  recordPage({
    object: 'phoneCall',
    label: 'Call',
    texts: [['transcript', 'Transcript', 'IconTextRecognition']],
    cards: [['entries', 'Journal']],
    panel: true,
  }),
);
