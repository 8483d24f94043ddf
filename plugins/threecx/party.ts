import { parsePhone } from '@switchboard/core/contract';

/** The other side of a call, as far as its number tells. */
export type Party =
  | { readonly kind: 'public'; readonly e164: string; readonly international: string }
  | { readonly kind: 'internal'; readonly extension: string }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'unreadable'; readonly raw: string };

const WITHHELD = /^(anonymous|unknown|private|withheld|restricted|unavailable|blocked)?$/i;
/** 3CX extensions have two to five digits; feature codes such as `*62` are as internal as they are. */
const INTERNAL = /^[*#]?\d{2,5}$/;

/**
 * Understands a number as 3CX writes it.
 *
 * @param country ISO 3166-1 alpha-2 in which national forms are read
 */
export function readParty(number: string, country: string): Party {
  const raw = number.trim();
  if (WITHHELD.test(raw)) return { kind: 'withheld' };
  if (INTERNAL.test(raw)) return { kind: 'internal', extension: raw };
  const phone = parsePhone(number, country);
  if (phone === undefined) return { kind: 'unreadable', raw };
  return { kind: 'public', e164: phone.e164, international: phone.international };
}

/** For people: `+31 20 123 4567`, `extension 102`, `a withheld number`. */
export function partyLabel(party: Party): string {
  if (party.kind === 'public') return party.international;
  if (party.kind === 'internal') return `extension ${party.extension}`;
  return party.kind === 'withheld' ? 'a withheld number' : 'an unreadable number';
}

/** What tells one other side from another: E.164 where there is one. */
export function partyKey(party: Party): string {
  if (party.kind === 'public') return party.e164;
  if (party.kind === 'internal') return party.extension;
  return party.kind === 'withheld' ? 'withheld' : party.raw.toLowerCase();
}
