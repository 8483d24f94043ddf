import { ActionIcon, Badge, Button, Group, Kbd, Stack, Text, Title } from '@mantine/core';
import { IconPhoneOff, IconPhoneOutgoing, IconUserPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type DeskSetup } from '../api/desk-setup.ts';
import { draftQuery, oneCallQuery } from '../api/desk.ts';
import { useMay, useTenant } from '../api/session.ts';
import { SuggestedFolders } from '../pages/malfunctions/suggested-folders.tsx';
import { useTexts } from '../texts/index.ts';
import { CallFacts } from './call-facts.tsx';
import { CaseForm } from './case-form.tsx';
import { useDesk } from './desk-context.tsx';
import type { KeptCall } from './kept.ts';
import { NewCaller } from './new-caller.tsx';
import { Outcome } from './outcome.tsx';
import { Ticking } from './ticking.tsx';
import { Transfer } from './transfer.tsx';
import { useCallBack, useCardDeeds } from './use-card-deeds.ts';
import { whereOf, whoOf } from './words.ts';

/** What is open on the card beside what it always shows. */
export type Opened = 'nothing' | 'person' | 'transfer';

interface CallCardProps {
  readonly call: KeptCall;
  readonly setup: DeskSetup;
  readonly opened: Opened;
  readonly onOpen: (part: Opened) => void;
}

export function CallCard({ call, setup, opened, onOpen }: CallCardProps) {
  const texts = useTexts();
  const tenant = useTenant();
  const { change } = useDesk()!;
  const { card, overAt, form, result } = call;
  const { data: draft } = useQuery(draftQuery(tenant, card, card.direction !== 'INTERNAL'));
  useEffect(() => {
    if (draft !== undefined) change(card.callId, () => ({ draft }));
  }, [draft, change, card.callId]);
  const isUnknown = card.person === null && card.direction !== 'INTERNAL' && card.matchState !== 'AMBIGUOUS';
  return (
    <Stack gap="sm" component="article" aria-label={whoOf(card, texts)} className="call-card">
      <Head call={call} />
      <CallFacts call={call} setup={setup} />
      {result !== undefined && <Outcome call={call} result={result} locked={setup.locked} />}
      <Deeds call={call} setup={setup} onOpen={onOpen} isUnknown={isUnknown} />
      {opened === 'transfer' && overAt === undefined && (
        <Transfer callId={card.callId} onClose={() => onOpen('nothing')} />
      )}
      {opened === 'person' && <NewCaller call={call} may={setup.may} onClose={() => onOpen('nothing')} />}
      {form.isOpen && result === undefined && opened !== 'person' && <CaseForm call={call} setup={setup} />}
      {card.direction !== 'INTERNAL' && (
        <SuggestedFolders
          member={{ object: 'phoneCall', id: card.callId }}
          locationId={(form.location ?? call.draft?.location ?? card.location)?.id}
          mayChange={setup.may.fileCalls}
          hasKeys
        />
      )}
    </Stack>
  );
}

function Head({ call: { card, overAt, hasTalked } }: { readonly call: KeptCall }) {
  const texts = useTexts();
  const { desk } = texts;
  const tenant = useTenant();
  const { dismiss } = useDesk()!;
  const isMissed = overAt !== undefined && !hasTalked && card.direction === 'INBOUND';
  // Somebody else may have answered it: its record says so a moment later.
  const record = useQuery({ ...oneCallQuery(tenant, card.callId), enabled: isMissed, retry: 4, retryDelay: 2000 });
  const state = isMissed ? 'missed' : overAt === undefined ? card.state : 'over';
  const by = record.data?.outcome === 'ANSWERED' ? record.data.agentName : null;
  const label = isMissed && by ? desk.states.answeredBy(by) : desk.states[state];
  const colors = { ringing: 'orange', dialling: 'blue', talking: 'green', over: 'gray', missed: 'red' } as const;
  const color = by === null ? colors[state] : 'gray';
  const details = [card.phoneNumber === '' ? '' : card.label, card.queue === '' ? '' : desk.queue(card.queue)];
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
      <div>
        <Group gap="xs">
          <Badge variant="light" tt="none" color={color} className={`tone-${color}`}>
            {label}
          </Badge>
          {overAt === undefined && (
            <Ticking since={card.state === 'talking' ? (card.answeredAt ?? card.startedAt) : card.startedAt} />
          )}
        </Group>
        <Title order={3} fz={19} mt={6} className="break">
          {whoOf(card, texts)}
        </Title>
        <Text size="sm" c="dimmed" className="break">
          {[whereOf(card), ...details].filter((part) => part !== '' && part !== whoOf(card, texts)).join(' · ')}
        </Text>
      </div>
      {overAt !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={() => dismiss(card.callId)}
          aria-label={desk.dismiss}
          title={desk.dismiss}
        >
          <IconX size={18} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}

interface DeedsProps extends Pick<CallCardProps, 'call' | 'setup' | 'onOpen'> {
  readonly isUnknown: boolean;
}

function Deeds({ call, setup, onOpen, isUnknown }: DeedsProps) {
  const { desk } = useTexts();
  const may = useMay();
  const deeds = useCardDeeds(call);
  const callBack = useCallBack();
  const { card, overAt, form, result } = call;
  const isOn = overAt === undefined;
  return (
    <Group gap="xs">
      {result === undefined && !form.isOpen && setup.may.openCases && (
        <Button
          size="xs"
          onClick={deeds.accept}
          rightSection={
            <Kbd size="xs" aria-hidden>
              A
            </Kbd>
          }
        >
          {desk.accept}
        </Button>
      )}
      {isUnknown && setup.may.makePeople && result === undefined && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconUserPlus size={15} aria-hidden />}
          onClick={() => onOpen('person')}
          rightSection={
            <Kbd size="xs" aria-hidden>
              N
            </Kbd>
          }
        >
          {desk.newPerson}
        </Button>
      )}
      {isOn && may('calls.make') && (
        <>
          <Button
            size="xs"
            variant="default"
            onClick={() => onOpen('transfer')}
            rightSection={
              <Kbd size="xs" aria-hidden>
                T
              </Kbd>
            }
          >
            {desk.transfer}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPhoneOff size={15} aria-hidden className="grave" />}
            loading={deeds.isEnding}
            onClick={deeds.end}
            rightSection={
              <Kbd size="xs" aria-hidden>
                H
              </Kbd>
            }
          >
            {card.state === 'ringing' ? desk.decline : desk.hangUp}
          </Button>
        </>
      )}
      {!isOn && card.phoneNumber !== '' && may('calls.make') && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPhoneOutgoing size={15} aria-hidden />}
          loading={callBack.isPending}
          onClick={() => callBack.mutate(card.phoneNumber)}
        >
          {desk.callBack}
        </Button>
      )}
    </Group>
  );
}
