import { SimpleGrid } from '@mantine/core';
import type { Named, ShownCase } from '../../api/desk.ts';
import { PickRecord } from '../../desk/pick-record.tsx';
import { useTexts } from '../../texts/index.ts';

const picks = [
  ['personId', 'person'],
  ['companyId', 'company'],
  ['locationId', 'location'],
  ['assetId', 'asset'],
  ['contractId', 'contract'],
] as const;

interface LinksProps {
  readonly shown: ShownCase;
  /** What was chosen and not saved yet, by field; null: nobody. */
  readonly picked: Readonly<Record<string, Named | null>>;
  readonly isLocked: (field: string) => boolean;
  readonly onPick: (field: string, record: Named | null) => void;
}

/** Whom and what the case is about, to be chosen anew. */
export function Links({ shown: { links, fields }, picked, isLocked, onPick }: LinksProps) {
  const { cases } = useTexts();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="sm">
      {picks
        .filter(([field]) => field in fields)
        .map(([field, object]) => (
          <PickRecord
            key={field}
            object={object}
            label={cases.fields[field] ?? field}
            value={field in picked ? (picked[field] ?? null) : (links[field] ?? null)}
            isDisabled={isLocked(field)}
            onPick={(record) => onPick(field, record)}
          />
        ))}
    </SimpleGrid>
  );
}
