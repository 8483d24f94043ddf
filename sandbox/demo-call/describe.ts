import type { Played } from '../threecx/index.ts';
import type { Options } from './options.ts';
import type { CallRecord } from './record.ts';

/** The few lines that a person reads. */

export function describeRing({ number, extension, direction }: Options): string {
  const party = number === '' ? 'A withheld number' : number;
  return `Ringing   ${direction === 'inbound' ? `${party} calls extension ${extension}` : `Extension ${extension} calls ${number}`}`;
}

export function describeSeen({ ring }: Played): string {
  return `3CX sees  ${ring === null ? 'nothing: it has no template' : seenBy(ring)}`;
}

function seenBy({ shown, lookup }: NonNullable<Played['ring']>): string {
  if (shown === null)
    return lookup.status === 200 || lookup.detail.startsWith('not asked')
      ? 'nobody it knows'
      : `nothing: ${lookup.detail}`;
  const name = [shown['FirstName'], shown['LastName']].filter(Boolean).join(' ');
  const company = shown['CompanyName'];
  return [name, company && `(${company})`, shown['ContactUrl']].filter(Boolean).join(' ');
}

export function describeEnd({ answered, times }: Options, { posts }: Played): string {
  const told = posts.map(({ status, detail }) => (status === null ? detail : `HTTP ${status}`)).join(', ');
  const often = times > 1 ? `, each report sent ${times} times` : '';
  return `Ended     ${answered ? 'answered' : 'nobody answered'}${often}; the hub said: ${told}`;
}

export function describeRecord(record: CallRecord, crmUrl: string): string[] {
  const { person, company, location, candidates, agentName, summary } = record;
  const lines: [string, string | null | undefined][] = [
    ['Record', `${record.name}: ${record.direction}, ${record.outcome}, ${record.durationSeconds ?? 0} s`],
    [
      'Person',
      person === null
        ? unknownPerson(record.matchState, candidates)
        : `${person.name.firstName} ${person.name.lastName}`.trim(),
    ],
    ['Company', company?.name],
    ['Location', location?.name],
    ['Agent', agentName],
    ['Summary', summary],
    ['Link', `${crmUrl}/object/phoneCall/${record.id}`],
  ];
  return lines.filter(([, value]) => Boolean(value)).map(([label, value]) => `${label.padEnd(9)} ${value}`);
}

function unknownPerson(matchState: string, candidates: CallRecord['candidates']): string | undefined {
  if (matchState !== 'AMBIGUOUS') return matchState === 'UNKNOWN' ? 'nobody known' : undefined;
  return `to be settled between ${(candidates ?? []).map(({ name }) => name).join(', ')}`;
}
