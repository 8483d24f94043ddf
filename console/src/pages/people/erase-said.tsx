import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay, useSession, useTenant } from '../../api/session.ts';
import { eraseSaid, type PersonSaid, personSaidQuery } from '../../api/transcripts.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

/** Everything that a person said, deleted on request; for those who manage plugins. */
export function EraseSaid({ personId }: { readonly personId: string }) {
  const may = useMay();
  const { plugins } = useSession();
  if (!may('plugins.manage') || !plugins.includes('ai-transcribe')) return undefined;
  return <Said personId={personId} />;
}

function Said({ personId }: { readonly personId: string }) {
  const { said } = useTexts();
  const query = useQuery(personSaidQuery(useTenant(), personId));
  return (
    <Section title={said.ofPerson} hint={said.ofPersonHint}>
      <Loaded query={query} skeleton={<Lines count={2} height={24} />}>
        {(known) => <HowMuch personId={personId} known={known} />}
      </Loaded>
    </Section>
  );
}

function HowMuch({ personId, known }: { readonly personId: string; readonly known: PersonSaid }) {
  const { said } = useTexts();
  const tenant = useTenant();
  const [isAsking, setAsking] = useState(false);
  const { calls, isMore, transcripts, lines, erasure } = known;
  const erase = useDeed({
    act: () => eraseSaid(tenant, personId, calls),
    done: () => said.eraseBegun,
    touches: ['person-said', 'transcripts', 'said', 'recordings'],
    onDone: () => setAsking(false),
    isQuiet: true,
  });
  const amount = said.amount(isMore ? `${calls}+` : String(calls), transcripts, lines);
  return (
    <>
      <Text size="sm">{amount}</Text>
      {erasure !== null && (
        <Text size="sm" role="status">
          {erasure.isDone ? said.erased(erasure.wantedBy) : said.erasing(erasure.done, erasure.calls)}{' '}
          <Moment at={erasure.wantedAt} />
        </Text>
      )}
      {calls > 0 && erasure?.isDone !== false && (
        <div>
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {said.erase}
          </Button>
        </div>
      )}
      {isAsking && (
        <Confirm
          title={said.eraseTitle}
          text={`${amount} ${said.eraseText}`}
          deed={said.eraseDeed}
          isGrave
          isBusy={erase.isPending}
          error={erase.error}
          onConfirm={() => erase.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
