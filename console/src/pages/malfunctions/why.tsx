import { Badge, Group, Text } from '@mantine/core';
import type { Reason } from '../../api/malfunctions.ts';
import { duration } from '../../kit/moment.tsx';
import { type Texts, useSpeech, useTexts } from '../../texts/index.ts';

interface WhyProps {
  readonly score: number;
  readonly reasons: readonly (Reason | { readonly code: 'same-contact' })[];
}

/** How likely something belongs together, and what speaks for it. */
export function Why({ score, reasons }: WhyProps) {
  const texts = useTexts();
  const { language } = useSpeech();
  return (
    <Group gap={6} mt={4}>
      <Text size="xs" fw={600}>
        {texts.malfunctions.likely(Math.round(score * 100))}
      </Text>
      {reasons.map((reason) => (
        <Badge key={reason.code} size="sm" variant="light" color="blue" tt="none" className="tone-blue">
          {inWords(reason, texts, language)}
        </Badge>
      ))}
    </Group>
  );
}

function inWords(reason: WhyProps['reasons'][number], { malfunctions, caseWork }: Texts, language: string): string {
  if (reason.code === 'same-contact') return caseWork.sameContact;
  const { reasons, assetKinds } = malfunctions;
  if (reason.code === 'near') return reasons.near(distance(reason.metres, language));
  if (reason.code === 'recent') return reasons.recent(duration(Math.max(60, reason.minutes * 60), language));
  if (reason.code === 'same-asset-kind')
    return reasons['same-asset-kind'](assetKinds[reason.assetKind] ?? reason.assetKind);
  return reasons[reason.code];
}

function distance(metres: number, language: string): string {
  const isFar = metres >= 1000;
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isFar ? 'kilometer' : 'meter',
    maximumFractionDigits: isFar ? 1 : 0,
  });
  return format.format(isFar ? metres / 1000 : metres);
}
