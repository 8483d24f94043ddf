import { ActionIcon, Alert, Button, Group, Text, Title, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconKeyboard, IconPhone, IconPhoneIncoming } from '@tabler/icons-react';
import { useState } from 'react';
import { type DeskSetup, deskQuery } from '../api/desk-setup.ts';
import { useTenant } from '../api/session.ts';
import { useTexts } from '../texts/index.ts';
import { CallCard, type Opened } from './call-card.tsx';
import { useDesk } from './desk-context.tsx';
import './desk.css';
import { KeysOverview } from './keys-overview.tsx';
import { useDeskKeys, useHelpKey, useSingleKeys } from './keys.ts';
import { inOrder, type KeptCall, targetsOf } from './kept.ts';
import { Announcer } from './announcer.tsx';
import { AskForNotifications } from './ask-notifications.tsx';
import { type Told, toldTo } from './majors.ts';
import { useRingNotification, useTitleSign } from './signs.ts';
import { useCardDeeds } from './use-card-deeds.ts';
import { whereOf, whoOf } from './words.ts';

/** The calls of this member at the edge of every page: there before the second ring, out of the way otherwise. */
export function Dock() {
  const tenant = useTenant();
  const { data: setup } = useQuery(deskQuery(tenant));
  const desk = useDesk();
  if (!setup || desk === undefined) return undefined;
  return <Frame setup={setup} calls={inOrder(desk.calls)} />;
}

function Frame({ setup, calls }: { readonly setup: DeskSetup; readonly calls: readonly KeptCall[] }) {
  const texts = useTexts();
  const { desk } = texts;
  const { line, announced } = useDesk()!;
  const [isSmall, setSmall] = useState(false);
  const [chosenId, choose] = useState<string>();
  const [opened, open] = useState<Opened>('nothing');
  const [isHelp, setHelp] = useState(false);
  const [hasKeys, setKeys] = useSingleKeys();
  const chosen = calls.find(({ card }) => card.callId === chosenId) ?? calls[0];
  const ringing = calls.find(({ card, overAt }) => card.state === 'ringing' && overAt === undefined);
  const said = ringing && desk.rings(whoOf(ringing.card, texts), whereOf(ringing.card));
  const told = chosen && chosen.overAt === undefined ? toldTo(chosen.card, announced) : undefined;
  useTitleSign(said);
  useRingNotification(ringing && { callId: ringing.card.callId, text: said ?? '' });

  // A call that comes opens what was made small; one that is made small stays so until the next.
  const [lastRing, setLastRing] = useState<string>();
  if (ringing !== undefined && ringing.card.callId !== lastRing) {
    setLastRing(ringing.card.callId);
    setSmall(false);
  }
  const isShown = chosen !== undefined && !isSmall;
  const lost = line === 'waiting' || line === 'refused';
  useHelpKey(hasKeys, () => setHelp(true));
  return (
    <>
      <Announcer ringing={said} announced={told?.map(inWords).join(' ')} line={line} />
      <KeysOverview isOpen={isHelp} onClose={() => setHelp(false)} hasKeys={hasKeys} onKeys={setKeys} />
      <aside className="dock" aria-label={desk.title} data-open={isShown}>
        {lost && (
          <Alert color="red" p="xs" className="note">
            <Text size="sm">{desk.line.lost}</Text>
          </Alert>
        )}
        {isShown ? (
          <>
            <Group justify="space-between" wrap="nowrap" className="dock-head">
              <Title order={2} fz={14}>
                {desk.title}
              </Title>
              <Group gap={2}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  onClick={() => setHelp(true)}
                  aria-label={desk.keys.title}
                  title={`${desk.keys.title} (?)`}
                >
                  <IconKeyboard size={18} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  onClick={() => setSmall(true)}
                  aria-label={desk.minimise}
                  title={desk.minimise}
                >
                  <IconChevronDown size={18} aria-hidden />
                </ActionIcon>
              </Group>
            </Group>
            <div className="dock-body">
              {calls.length > 1 && <Others calls={calls} chosen={chosen} onChoose={choose} />}
              <CallCard key={chosen.card.callId} call={chosen} setup={setup} opened={opened} onOpen={open} />
              {ringing !== undefined && <AskForNotifications />}
            </div>
            <Keys
              key={`keys ${chosen.card.callId}`}
              isOn={hasKeys}
              call={chosen}
              calls={calls}
              setup={setup}
              onChoose={choose}
              onOpen={open}
              onSmall={() => setSmall(true)}
            />
          </>
        ) : (
          <UnstyledButton className="dock-small" onClick={() => setSmall(false)} disabled={chosen === undefined}>
            {ringing === undefined ? <IconPhone size={16} aria-hidden /> : <IconPhoneIncoming size={16} aria-hidden />}
            {chosen !== undefined
              ? desk.show(calls.length)
              : setup.extension === ''
                ? desk.noPhone
                : desk.idle(setup.extension)}
          </UnstyledButton>
        )}
      </aside>
    </>
  );
}

const inWords = ({ title, place, announcement }: Told): string =>
  [title, place, announcement].filter((part) => part !== '').join('. ');

interface OthersProps {
  readonly calls: readonly KeptCall[];
  readonly chosen: KeptCall;
  readonly onChoose: (callId: string) => void;
}

/** Several calls at once: the others wait here. */
function Others({ calls, chosen, onChoose }: OthersProps) {
  const texts = useTexts();
  return (
    <Group gap={6} mb="sm" role="group" aria-label={texts.desk.title}>
      {calls.map((call) => (
        <Button
          key={call.card.callId}
          size="compact-sm"
          variant={call === chosen ? 'filled' : 'default'}
          aria-pressed={call === chosen}
          onClick={() => onChoose(call.card.callId)}
        >
          {whoOf(call.card, texts)}
        </Button>
      ))}
    </Group>
  );
}

interface KeysProps {
  readonly isOn: boolean;
  readonly call: KeptCall;
  readonly calls: readonly KeptCall[];
  readonly setup: DeskSetup;
  readonly onChoose: (callId: string) => void;
  readonly onOpen: (part: Opened) => void;
  readonly onSmall: () => void;
}

/** Draws nothing: it listens. */
function Keys({ isOn, call, calls, setup, onChoose, onOpen, onSmall }: KeysProps) {
  const deeds = useCardDeeds(call);
  const { card, overAt, result } = call;
  useDeskKeys({
    isOn,
    onClose: onSmall,
    onAccept: () => {
      if (result === undefined && setup.may.openCases) deeds.accept();
    },
    onNumber(index) {
      const candidate = card.candidates[index];
      if (card.candidates.length > 0) {
        if (candidate?.object === 'person') deeds.settle(candidate.id);
        return;
      }
      const target = targetsOf(card)[index];
      if (target !== undefined && setup.may.fileCalls) deeds.attach(target);
    },
    onPerson: () => {
      if (card.person === null && setup.may.makePeople) onOpen('person');
    },
    onHangUp: () => {
      if (overAt === undefined) deeds.end();
    },
    onTransfer: () => onOpen('transfer'),
    onNext() {
      const at = calls.findIndex((one) => one.card.callId === card.callId);
      const next = calls[(at + 1) % calls.length];
      if (next !== undefined) onChoose(next.card.callId);
    },
  });
  return undefined;
}
