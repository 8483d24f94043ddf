import { Badge, Button, Group, Kbd, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DeskSetup } from '../api/desk-setup.ts';
import { exactly } from '../kit/exactly.ts';
import { Moment } from '../kit/moment.tsx';
import { useSpeech, useTexts } from '../texts/index.ts';
import { useDesk } from './desk-context.tsx';
import { DueTimes } from './due-times.tsx';
import { type KeptCall, targetsOf } from './kept.ts';
import { MajorNotes } from './major-notes.tsx';
import { toldTo } from './majors.ts';
import { useCardDeeds } from './use-card-deeds.ts';

const MOST_KEYS = 9;

/** What to know before saying hello: contract, protocol, what is open, who it may be. */
export function CallFacts({ call, setup }: { readonly call: KeptCall; readonly setup: DeskSetup }) {
  const { announced } = useDesk()!;
  const { card, overAt } = call;
  if (card.direction === 'INTERNAL') return undefined;
  return (
    <Stack gap="sm">
      {overAt === undefined && <MajorNotes told={toldTo(card, announced)} />}
      <Known call={call} />
      {card.candidates.length > 0 ? <Candidates call={call} /> : <Open call={call} mayFile={setup.may.fileCalls} />}
    </Stack>
  );
}

function Known({ call: { card, draft } }: { readonly call: KeptCall }) {
  const {
    texts: { desk, cases },
    language,
  } = useSpeech();
  const contract = draft?.contract;
  const inWords = (minutes: number) => exactly(minutes, language);
  const times = [
    contract?.responseMinutes == null ? '' : desk.respond(inWords(contract.responseMinutes)),
    contract?.resolveMinutes == null ? '' : desk.resolve(inWords(contract.resolveMinutes)),
  ].filter((text) => text !== '');
  const last = card.previousCalls[0];
  return (
    <dl className="call-facts">
      {card.location !== null && <Fact label={desk.location}>{card.location.name}</Fact>}
      {contract && (
        <Fact label={desk.contract}>
          <b>{cases.values[contract.serviceLevel] ?? contract.serviceLevel}</b> · {contract.name}
          {times.length > 0 && (
            <Text span size="sm" c="dimmed" display="block">
              {times.join(', ')}
            </Text>
          )}
        </Fact>
      )}
      {draft?.protocol && <Fact label={desk.protocol}>{draft.protocol.name}</Fact>}
      <Fact label={desk.page.title}>
        {desk.calls(card.previousCallCount)}
        {last !== undefined && (
          <Text span size="sm" c="dimmed">
            {' · '}
            {desk.outcomes[last.outcome] ?? ''} <Moment at={last.startedAt} />
          </Text>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Candidates({ call }: { readonly call: KeptCall }) {
  const { desk } = useTexts();
  const { settle } = useCardDeeds(call);
  return (
    <div role="group" aria-label={desk.whoIsIt}>
      <Text size="sm" fw={600}>
        {desk.whoIsIt}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {desk.whoIsItHint}
      </Text>
      <ol className="choices">
        {call.card.candidates.map(({ id, object, name, company, location }, index) => (
          <li key={id}>
            <Button
              variant="default"
              fullWidth
              justify="space-between"
              size="sm"
              disabled={object !== 'person'}
              onClick={() => settle(id)}
              rightSection={
                index < MOST_KEYS && object === 'person' ? (
                  <Kbd size="xs" aria-hidden>
                    {index + 1}
                  </Kbd>
                ) : undefined
              }
            >
              <span className="choice">
                {name}{' '}
                <Text span size="xs" c="dimmed">
                  {[company, location].filter((part) => part !== '').join(' · ')}
                </Text>
              </span>
            </Button>
          </li>
        ))}
      </ol>
      {call.card.candidates.some(({ object }) => object !== 'person') && (
        <Text size="xs" c="dimmed" mt={6}>
          {desk.peopleOnly}
        </Text>
      )}
    </div>
  );
}

function Open({ call, mayFile }: { readonly call: KeptCall; readonly mayFile: boolean }) {
  const { desk, cases } = useTexts();
  const { attach } = useCardDeeds(call);
  const targets = targetsOf(call.card);
  const states = new Map([...call.card.openCases, ...call.card.malfunctions].map(({ id, status }) => [id, status]));
  const openCases = new Map(call.card.openCases.map((one) => [one.id, one]));
  const attachedId = call.result?.kind === 'case' ? call.result.caseId : undefined;
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {desk.openHere}
      </Text>
      {targets.length === 0 && (
        <Text size="sm" c="dimmed">
          {desk.nothingOpen}
        </Text>
      )}
      <ol className="choices">
        {targets.map((target, index) => (
          <li key={target.id}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <span className="choice">
                {target.name}{' '}
                <Badge
                  size="sm"
                  variant="light"
                  tt="none"
                  color={target.object === 'malfunction' ? 'orange' : 'gray'}
                  className={target.object === 'malfunction' ? 'tone-orange' : 'tone-gray'}
                >
                  {cases.values[states.get(target.id) ?? ''] ?? states.get(target.id)}
                </Badge>
                {openCases.has(target.id) && <DueTimes of={openCases.get(target.id)!} />}
              </span>
              {mayFile && target.id !== attachedId && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => attach(target)}
                  rightSection={
                    index < MOST_KEYS ? (
                      <Kbd size="xs" aria-hidden>
                        {index + 1}
                      </Kbd>
                    ) : undefined
                  }
                >
                  {desk.attach}
                  <span className="visually-hidden">: {target.name}</span>
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ol>
    </div>
  );
}
