import { parsePhone, PayloadError } from '@switchboard/core/contract';
import type { Config } from '../../config.ts';
import { readParty } from '../../party.ts';

/**
 * How a number is dialled in this PBX: outbound rules differ. Extensions and short numbers go as they are.
 *
 * @param country ISO 3166-1 alpha-2 of the tenant
 * @throws PayloadError for what nobody can dial
 */
export function dialString(
  number: string,
  { dialFormat, dialPrefix }: Pick<Config, 'dialFormat' | 'dialPrefix'>,
  country: string,
): string {
  const party = readParty(number, country);
  if (party.kind === 'internal') return party.extension;
  const phone = party.kind === 'public' ? parsePhone(party.e164, country) : undefined;
  if (phone === undefined) {
    throw new PayloadError('This is no number that can be called', {
      field: 'number',
      remedy: 'Send a telephone number with its country code, or an extension.',
    });
  }
  const zeros = `00${phone.e164.slice(1)}`;
  if (dialFormat === 'E164') return dialPrefix + phone.e164;
  if (dialFormat === 'National' && phone.country === country) return dialPrefix + phone.national;
  return dialPrefix + zeros;
}
