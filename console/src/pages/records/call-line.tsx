import { Group, Text } from '@mantine/core';
import { IconPhoneIncoming, IconPhoneOff, IconPhoneOutgoing } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FoundCall } from '../../api/find.ts';
import { duration, Moment } from '../../kit/moment.tsx';
import { useSpeech } from '../../texts/index.ts';
import { RecordLink } from './record-link.tsx';

interface CallLineProps {
  readonly call: FoundCall;
  /** What else is to be said, and what can be done. */
  readonly note?: string | undefined;
  readonly children?: ReactNode;
}

export function CallLine({ call, note, children }: CallLineProps) {
  return (
    <div className="entry-line">
      <CallSign call={call} />
      <div className="entry-words">
        <Text size="sm" fw={600} component="div" className="break">
          <Caller call={call} />
        </Text>
        <Text size="xs" c="dimmed" component="div">
          <CallFacts call={call} />
          {note !== undefined && ` · ${note}`}
        </Text>
      </div>
      <Group gap="xs" wrap="nowrap">
        {children}
      </Group>
    </div>
  );
}

export function CallSign({ call: { outcome, direction } }: { readonly call: FoundCall }) {
  if (outcome !== 'ANSWERED')
    return <IconPhoneOff size={18} color="var(--tone-red)" aria-hidden className="entry-sign" />;
  const Sign = direction === 'OUTBOUND' ? IconPhoneOutgoing : IconPhoneIncoming;
  return <Sign size={18} color="var(--tone-green)" aria-hidden className="entry-sign" />;
}

function Caller({ call }: { readonly call: FoundCall }) {
  const { day } = useSpeech().texts;
  const number = call.number?.text ?? day.withheld;
  const known = (['person', 'location', 'company'] as const).find((object) => call[object] !== null);
  if (known === undefined) return number;
  return (
    <RecordLink object={known} id={call[known]!.id}>
      {call[known]!.name}
    </RecordLink>
  );
}

/** Direction and result, how long, when, and with which number. */
export function CallFacts({ call }: { readonly call: FoundCall }) {
  const {
    texts: { day },
    language,
  } = useSpeech();
  const length =
    call.outcome === 'ANSWERED' && call.durationSeconds !== null ? duration(call.durationSeconds, language) : undefined;
  const facts = [
    day.directions[call.direction ?? ''],
    day.outcomes[call.outcome ?? ''],
    length,
    call.number?.text,
    call.agentName,
  ];
  return (
    <>
      {facts.filter((fact) => fact != null && fact !== '').join(' · ')}
      {call.startedAt !== null && (
        <>
          {' · '}
          <Moment at={call.startedAt} />
        </>
      )}
    </>
  );
}
