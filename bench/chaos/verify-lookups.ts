import type { Stage } from '../../e2e/stage.ts';
import { type Finding, wrong } from './finding.ts';
import type { Wishes } from './member.ts';

/** Who rings? 3CX is told the one person who has a number now, and nobody where it is two or none. */
export async function verifyLookups({ url, threecxKey }: Stage, { person }: Wishes): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [number, holders] of holdersByNumber(person)) {
    const response = await fetch(`${url}/hooks/acme/threecx/lookup?number=${encodeURIComponent(number)}`, {
      headers: { authorization: `Bearer ${threecxKey}` },
    });
    const { matches } = (await response.json()) as { matches: { id: string }[] };
    const told = matches.map(({ id }) => id).join();
    const right = holders.length === 1 ? (holders[0] ?? '') : '';
    if (told !== right) findings.push(wrong(`who has ${number}: told "${told}", right is "${right}"`));
  }
  return findings;
}

/** By number the people who have it and are not deleted; numbers of deleted people are asked for as well. */
function holdersByNumber(people: Wishes['person']): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const [id, { deleted, fields }] of people) {
    const phones = fields['phones'] as { primaryPhoneNumber: string; additionalPhones: { number: string }[] };
    const numbers = [phones.primaryPhoneNumber, ...phones.additionalPhones.map(({ number }) => `+44${number}`)];
    for (const number of new Set(numbers))
      holders.set(number, [...(holders.get(number) ?? []), ...(deleted ? [] : [id])]);
  }
  return holders;
}
