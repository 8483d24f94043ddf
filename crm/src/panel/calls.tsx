import type { PanelCall, PanelList } from './answer.ts';
import type { Tone } from './look.ts';
import { Faint, RecordLink, Section, Tag } from './parts.tsx';
import { Listen } from './recordings.tsx';
import { useSetting } from './setting.ts';

const DIRECTION_TONES: Readonly<Record<string, Tone>> = { INBOUND: 'blue', OUTBOUND: 'purple' };
const OUTCOME_TONES: Readonly<Record<string, Tone>> = { ANSWERED: 'green', MISSED: 'red', NOT_ANSWERED: 'orange' };

type CallsProps = {
  readonly calls: PanelList<PanelCall> | null;
  /** The one that plays recordings; null when none does. */
  readonly plugin: string | null;
};

export function Calls({ calls, plugin }: CallsProps) {
  const { texts } = useSetting();
  return (
    <Section title={texts.calls}>
      {calls === null ? (
        <Faint>{texts.mayNotSeeCalls}</Faint>
      ) : (
        <CallLines calls={calls.items} none={texts.noCalls} plugin={plugin} />
      )}
      {calls?.hasMore === true && <Faint>{texts.moreCalls}</Faint>}
    </Section>
  );
}

type CallLinesProps = {
  readonly calls: readonly PanelCall[];
  /** What is said where there are none. */
  readonly none: string;
  readonly plugin: string | null;
};

export function CallLines({ calls, none, plugin }: CallLinesProps) {
  const { look } = useSetting();
  if (calls.length === 0) return <Faint>{none}</Faint>;
  return (
    <ul style={look.list}>
      {calls.map((call) => (
        <Call key={call.id} call={call} plugin={plugin} />
      ))}
    </ul>
  );
}

function Call({ call, plugin }: { readonly call: PanelCall; readonly plugin: string | null }) {
  const { texts, look, moments } = useSetting();
  const title = call.startedAt === null ? texts.call : moments.moment(call.startedAt);
  const details = [
    call.phoneNumber,
    call.agentName === null ? null : texts.by(call.agentName),
    // Nobody talked in a call that was not answered.
    call.durationSeconds === null || call.durationSeconds === 0 ? null : moments.duration(call.durationSeconds),
  ];
  return (
    <li style={look.row}>
      <div style={look.main}>
        <RecordLink object="phoneCall" id={call.id}>
          {title}
        </RecordLink>
        <Tag value={call.direction} tone={DIRECTION_TONES[call.direction ?? ''] ?? 'gray'} />
        <Tag value={call.outcome} tone={OUTCOME_TONES[call.outcome ?? ''] ?? 'gray'} />
        {plugin !== null && (call.durationSeconds ?? 0) > 0 && <Listen plugin={plugin} callId={call.id} />}
      </div>
      <div style={look.side}>{details.filter((detail) => detail !== null && detail !== '').join(' · ')}</div>
    </li>
  );
}
