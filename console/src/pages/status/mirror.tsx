import type { CrmStatus, MirrorStatus } from '../../api/types.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Moment } from '../../kit/moment.tsx';
import { humanize } from '../../kit/schema-form/schema.ts';
import { Section } from '../../kit/section.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useSpeech, type Texts } from '../../texts/index.ts';
import { IconDatabase } from '@tabler/icons-react';
import { isFresh } from './verdict.ts';

/** How fresh the copy of each object is. */
export function Mirror({ crm }: { readonly crm: CrmStatus }) {
  const { texts, language } = useSpeech();
  const { operations, common } = texts;
  const { mirrorColumns } = operations;
  const numbers = new Intl.NumberFormat(language);
  return (
    <Section title={operations.mirror} hint={operations.mirrorHint}>
      {crm.mirror.length === 0 ? (
        <Empty icon={IconDatabase} title={operations.mirrorNone} hint={operations.mirrorHint} />
      ) : (
        <DataTable
          caption={operations.mirror}
          rows={crm.mirror}
          idOf={({ object }) => object}
          columns={[
            { id: 'object', title: mirrorColumns.object, cell: ({ object }) => humanize(object) },
            { id: 'state', title: mirrorColumns.state, cell: (line) => <State line={line} words={operations} /> },
            { id: 'records', title: mirrorColumns.records, cell: ({ copied }) => numbers.format(copied) },
            {
              id: 'fresh',
              title: mirrorColumns.fresh,
              cell: ({ freshUntil }) => (freshUntil === undefined ? common.never : <Moment at={freshUntil} />),
            },
            {
              id: 'heard',
              title: mirrorColumns.heard,
              cell: ({ lastWebhook }) => (lastWebhook === undefined ? common.never : <Moment at={lastWebhook} />),
            },
          ]}
        />
      )}
    </Section>
  );
}

function State({ line, words }: { readonly line: MirrorStatus; readonly words: Texts['operations'] }) {
  if (isFresh(line)) return <StateBadge tone="ok">{words.mirrorFresh}</StateBadge>;
  if (line.state === 'fresh') return <StateBadge tone="warning">{words.mirrorBehind}</StateBadge>;
  const total = line.total ?? 0;
  return (
    <StateBadge tone="waiting">
      {words.mirrorCopying(total === 0 ? 0 : Math.min(99, Math.floor((100 * line.copied) / total)))}
    </StateBadge>
  );
}
