import { Text } from '@mantine/core';
import { IconMailExclamation } from '@tabler/icons-react';
import type { SenderProof as Proof } from '../../api/sender-proof.ts';
import { StateBadge, type Tone } from '../../kit/state-badge.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';

const tones: Readonly<Record<Proof['verdict'], Tone>> = {
  proven: 'ok',
  unproven: 'off',
  suspicious: 'failed',
  'not-checked': 'off',
};

/** In a list: what is in order or in doubt. That nobody could tell is said where the mail is read. */
export function SenderBadge({ proof }: { readonly proof: Proof | null | undefined }) {
  const { senders } = useTexts();
  if (proof == null || proof.verdict === 'not-checked') return undefined;
  return <StateBadge tone={tones[proof.verdict]}>{senders.badges[proof.verdict]}</StateBadge>;
}

/** Above a mail: what was found out about its sender, and a warning where it may well be somebody else. */
export function SenderProof({ proof }: { readonly proof: Proof | null | undefined }) {
  const { senders } = useTexts();
  if (proof == null) return undefined;
  const { verdict, domain, by, reason } = proof;
  const facts = verdict === 'not-checked' ? senders.reasons[reason] : senders.facts(proof, senders.by[by]);
  if (verdict === 'suspicious') {
    return (
      <VerdictNote verdict="failed" title={senders.suspicious} icon={<IconMailExclamation aria-hidden />}>
        <Text size="sm">{senders.suspiciousHint(domain)}</Text>
        <Text size="xs" mt={4}>
          {facts}
        </Text>
      </VerdictNote>
    );
  }
  return (
    <Text size="xs" c="dimmed" component="div">
      {`${senders.badges[verdict]} · ${facts}`}
    </Text>
  );
}
