import { StateBadge, type Tone } from '../../kit/state-badge.tsx';
import { useTexts } from '../../texts/index.ts';
import { type Sending, type SendingState, stateOf } from './sending-state.ts';

const tones: Readonly<Record<SendingState, Tone>> = {
  scheduled: 'waiting',
  waiting: 'waiting',
  sending: 'waiting',
  sent: 'ok',
  partly: 'warning',
  failed: 'failed',
  bounced: 'failed',
  unknown: 'warning',
  undone: 'off',
  mailbox: 'warning',
};

export function SendingBadge({ sending }: { readonly sending: Sending }) {
  const { mail } = useTexts();
  const state = stateOf(sending, Date.now());
  return <StateBadge tone={tones[state]}>{mail.states[state]}</StateBadge>;
}
