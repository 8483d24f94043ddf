import type { ReactNode } from 'react';

import { RecordLink, Tag } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { Tone } from '../panel/look.ts';
import type { Folder, Member, Reason, Why } from './answer.ts';
import { useWords } from './texts/index.ts';
import type { DeskTexts } from './texts/texts.ts';

/** How calls, cases and malfunctions are called, wherever they stand in a list. */

export function memberName({ object, number, title, phoneNumber, at }: Member, words: DeskTexts): string {
  if (object === 'serviceCase') return joined([number, title]);
  if (at === null) return words.callNow;
  return joined([words.call, phoneNumber]);
}

export const folderName = ({ number, title }: Folder): string => joined([number, title]);

const joined = (parts: readonly string[], by = ' '): string => parts.filter((part) => part !== '').join(by);

type LineProps<Of> = { readonly of: Of; readonly children?: ReactNode };

/** @param children what can be done with it */
export function MemberLine({ of: member, children }: LineProps<Member>) {
  const { look, moments } = useSetting();
  const words = useWords();
  const { object, id, status, person, location, company, at } = member;
  const who = [person, location, company].map((one) => one?.name ?? '');
  return (
    <>
      <div style={look.main}>
        <RecordLink object={object} id={id}>
          {memberName(member, words)}
        </RecordLink>
        {status !== '' && <Tag value={status} tone="gray" />}
        {children}
      </div>
      <div style={look.side}>{joined([...who, at === null ? '' : moments.moment(at)], ' · ')}</div>
    </>
  );
}

const SEVERITIES: Readonly<Record<string, Tone>> = { MODERATE: 'yellow', MAJOR: 'orange', CRITICAL: 'red' };
export const isOver = ({ status }: Folder): boolean => status === 'RESOLVED' || status === 'CLOSED';

export function FolderLine({ of: folder, children }: LineProps<Folder>) {
  const { look, moments } = useSetting();
  const words = useWords();
  const { id, status, severity, location, openedAt, resolvedAt, closedAt, caseCount, callCount } = folder;
  const endedAt = isOver(folder) ? (resolvedAt ?? closedAt) : null;
  const facts = [
    location?.name ?? '',
    words.counts(caseCount, callCount),
    openedAt === null ? '' : words.opened(moments.moment(openedAt)),
    endedAt === null ? '' : words.ended(moments.moment(endedAt)),
  ];
  return (
    <>
      <div style={look.main}>
        <RecordLink object="malfunction" id={id}>
          {folderName(folder)}
        </RecordLink>
        <Tag value={status === '' ? null : status} tone={isOver(folder) ? 'gray' : 'blue'} />
        <Tag value={severity === '' ? null : severity} tone={SEVERITIES[severity] ?? 'gray'} />
        {children}
      </div>
      <div style={look.side}>{joined(facts, ' · ')}</div>
    </>
  );
}

/** What speaks for a suggestion. */
export function WhyLine({ of: { score, reasons } }: LineProps<Why>) {
  const { look, locale } = useSetting();
  const words = useWords();
  const said = reasons.map((reason) => inWords(reason, words, locale));
  return <div style={look.side}>{[words.likely(Math.round(score * 100)), ...said].join(' · ')}</div>;
}

function inWords(reason: Reason, { reasons, assetKinds }: DeskTexts, locale: string): string {
  if (reason.code === 'near') return reasons.near(distance(reason.metres, locale));
  if (reason.code === 'recent') return reasons.recent(span(reason.minutes, locale));
  if (reason.code === 'same-asset-kind') {
    return reasons['same-asset-kind'](assetKinds[reason.assetKind] ?? reason.assetKind);
  }
  return reasons[reason.code];
}

const measured = (value: number, unit: string, locale: string, maximumFractionDigits = 0): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits }).format(value);

const distance = (metres: number, locale: string): string =>
  metres >= 1000 ? measured(metres / 1000, 'kilometer', locale, 1) : measured(metres, 'meter', locale);

function span(minutes: number, locale: string): string {
  if (minutes < 60) return measured(Math.max(1, minutes), 'minute', locale);
  return minutes < 48 * 60 ? measured(minutes / 60, 'hour', locale) : measured(minutes / 1440, 'day', locale);
}
