import { exportRoute, type ListColumn, type PageEnd, pageEnd, type Words } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { sentFilter } from './reading.ts';
import { sentList, type ShownSent } from './sent-list.ts';
import { viewerOf } from './viewer.ts';

const fates: Readonly<Record<string, Words>> = {
  queued: { en: 'waiting', nl: 'wacht', de: 'wartet' },
  sending: { en: 'sending', nl: 'wordt verzonden', de: 'wird gesendet' },
  accepted: { en: 'sent', nl: 'verzonden', de: 'gesendet' },
  failed: { en: 'refused', nl: 'geweigerd', de: 'abgelehnt' },
  unknown: { en: 'not known', nl: 'niet bekend', de: 'nicht bekannt' },
  undone: { en: 'taken back', nl: 'teruggenomen', de: 'zurückgenommen' },
  bounced: { en: 'came back', nl: 'teruggekomen', de: 'zurückgekommen' },
};

type People = ShownSent['to'];

const addresses = (people: People): string => people.map(({ address }) => address).join('; ');

const columns: readonly ListColumn<ShownSent>[] = [
  {
    words: { en: 'Written', nl: 'Geschreven', de: 'Geschrieben' },
    kind: 'moment',
    value: ({ createdAt }) => createdAt.toISOString(),
  },
  { words: { en: 'By', nl: 'Door', de: 'Von' }, value: ({ authorName }) => authorName },
  { words: { en: 'From', nl: 'Van', de: 'Absender' }, value: ({ from }) => from.address },
  { words: { en: 'To', nl: 'Aan', de: 'An' }, value: ({ to }) => addresses(to) },
  { words: { en: 'Cc', nl: 'Cc', de: 'Cc' }, value: ({ cc }) => addresses(cc) },
  { words: { en: 'Bcc', nl: 'Bcc', de: 'Bcc' }, value: ({ bcc }) => addresses(bcc) },
  { words: { en: 'Subject', nl: 'Onderwerp', de: 'Betreff' }, value: ({ subject }) => subject },
  {
    words: { en: 'Case', nl: 'Zaak', de: 'Fall' },
    value: (mail) => (mail.case === null ? '' : `${mail.case.number} ${mail.case.subject}`.trim()),
  },
  {
    words: { en: 'What became of it', nl: 'Wat ermee gebeurde', de: 'Was daraus wurde' },
    value: ({ recipients }, language) =>
      recipients
        .map(({ address, state, bouncedAt }) => {
          const fate = bouncedAt === null ? state : 'bounced';
          return `${address}: ${fates[fate]?.[language] ?? fate}`;
        })
        .join('; '),
  },
  { words: { en: 'Files', nl: 'Bestanden', de: 'Dateien' }, value: ({ attachments }) => attachments.length },
];

const PAGE = 100;

/** The list “Sent”: what the member has sent, by permission what everybody has. */
export const sentExport = exportRoute({
  name: 'sent-mail',
  path: '/sent/export',
  summary: 'What one has sent as a file, by permission what everybody has (the filter of the list)',
  query: sentFilter,
  columns,
  async *pages(context: Context, request, filter): AsyncGenerator<readonly ShownSent[]> {
    const viewer = await viewerOf(request);
    const { authorId, search, state, requestId } = filter;
    let before: PageEnd | undefined;
    for (;;) {
      const list = await sentList(context, viewer, { before, limit: PAGE, authorId, search, state, requestId });
      yield list.mails;
      if (list.next === null) return;
      before = pageEnd.parse(list.next);
    }
  },
});
