import { ActionIcon, Alert, Badge, Button, Group, Text } from '@mantine/core';
import { IconArrowMerge, IconArrowsSplit, IconLink, IconUnlink } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { linkCases, type Related, undoMerge } from '../../api/cases.ts';
import type { ShownCase } from '../../api/desk.ts';
import { useTenant } from '../../api/session.ts';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';

const Dialogs = lazy(async () => ({ default: (await import('./relation-dialogs.tsx')).RelationDialog }));

export type RelationDeed = 'merge' | 'split' | 'link';

const signs = { merge: IconArrowMerge, split: IconArrowsSplit, link: IconLink } as const;
const deeds = ['merge', 'split', 'link'] as const;

/** The cases that this one has to do with, and what makes one of two or two of one. */
export function Relations({ shown }: { readonly shown: ShownCase }) {
  const { caseWork } = useTexts();
  const { relations, deeds: words } = caseWork;
  const [open, setOpen] = useState<RelationDeed>();
  const isMerged = shown.relations.some(({ relation }) => relation === 'merged-into');
  return (
    <Section title={relations.title}>
      {isMerged && (
        <Alert color="orange" className="warn-note" role="status">
          {relations.goesOn}
        </Alert>
      )}
      {shown.relations.length === 0 ? (
        <Text size="sm" c="dimmed">
          {relations.none}
        </Text>
      ) : (
        <ul className="choices">
          {shown.relations.map((related) => (
            <Line
              key={`${related.relation}/${related.id}`}
              caseId={shown.caseId}
              related={related}
              mayChange={shown.isEditable}
            />
          ))}
        </ul>
      )}
      {shown.isEditable && (
        <Group gap="xs">
          {deeds
            .filter((deed) => !isMerged || deed === 'link')
            .map((deed) => {
              const Sign = signs[deed];
              return (
                <Button
                  key={deed}
                  size="compact-sm"
                  variant="default"
                  leftSection={<Sign size={15} aria-hidden />}
                  onClick={() => setOpen(deed)}
                >
                  {words[deed]}
                </Button>
              );
            })}
        </Group>
      )}
      {open !== undefined && (
        <Suspense fallback={undefined}>
          <Dialogs deed={open} shown={shown} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </Section>
  );
}

const linked = new Set(['related', 'child-of', 'parent-of', 'duplicate-of', 'duplicated-by', 'follows', 'followed-by']);

interface LineProps {
  readonly caseId: string;
  readonly related: Related;
  readonly mayChange: boolean;
}

function Line({ caseId, related, mayChange }: LineProps) {
  const { caseWork, cases } = useTexts();
  const tenant = useTenant();
  const { id, name, status, relation, mergeId } = related;
  const unlink = useDeed({
    act: async () => await linkCases(tenant, { caseId, otherId: id, kind: null }),
    touches: ['case'],
    done: () => caseWork.relations.unlinked,
  });
  const undo = useDeed({
    act: async (merge: string) => await undoMerge(tenant, merge),
    touches: ['case'],
    done: () => caseWork.relations.undone,
  });
  return (
    <li>
      <Group justify="space-between" gap="xs">
        <div className="break">
          <Text size="xs" c="dimmed">
            {caseWork.relations.kinds[relation] ?? relation}
          </Text>
          <Group gap={6}>
            <RecordLink object="serviceCase" id={id}>
              {name}
            </RecordLink>
            {status !== null && (
              <Badge size="sm" variant="light" color="gray" tt="none" className="tone-gray">
                {cases.values[status] ?? status}
              </Badge>
            )}
          </Group>
        </div>
        {mayChange && linked.has(relation) && (
          <ActionIcon
            variant="subtle"
            color="gray"
            loading={unlink.isPending}
            onClick={() => unlink.mutate(undefined)}
            aria-label={`${caseWork.relations.unlink}: ${name}`}
            title={caseWork.relations.unlink}
          >
            <IconUnlink size={16} aria-hidden />
          </ActionIcon>
        )}
        {mayChange && mergeId !== null && (
          <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate(mergeId)}>
            {caseWork.relations.undo}
            <span className="visually-hidden">: {name}</span>
          </Button>
        )}
      </Group>
    </li>
  );
}
