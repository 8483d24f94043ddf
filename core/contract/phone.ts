import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** What a telephone system calls a number, understood. */
export interface PhoneNumber {
  /** `+31201234567` */
  readonly e164: string;
  /** `+31 20 123 4567`, for people. */
  readonly international: string;
  /** As it is dialled within its country, digits only: `0201234567`. */
  readonly national: string;
  /** ISO 3166-1 alpha-2, where the number tells. */
  readonly country: string | undefined;
}

/**
 * Reads a number as telephone systems and people write it: `+31…`, `0031…`, `020 …` (in the tenant's country), with a
 * plus that became a space on its way through a query string. Undefined for withheld callers, internal extensions and anything
 * that cannot be a public number.
 *
 * @param country ISO 3166-1 alpha-2 for national forms
 */
export function parsePhone(text: string, country: string): PhoneNumber | undefined {
  const candidate = normalisePrefix(text);
  if (candidate.replaceAll(/\D/g, '').length < 6) return undefined;
  const parsed = parsePhoneNumberFromString(candidate, isSupportedCountry(country) ? country : undefined);
  if (!parsed?.isPossible()) return undefined;
  return {
    e164: parsed.number,
    international: parsed.formatInternational(),
    national: parsed.formatNational().replaceAll(/\D/g, ''),
    country: parsed.country,
  };
}

function normalisePrefix(text: string): string {
  if (/^ \d/.test(text)) return `+${text.trim()}`;
  const trimmed = text.trim();
  return /^00[1-9]/.test(trimmed) ? `+${trimmed.slice(2)}` : trimmed;
}

/** Whether the hub can read national numbers of this country. */
export function isKnownCountry(country: string): country is CountryCode {
  return isSupportedCountry(country);
}

/** A number of which only a part is known, as somebody types it. */
export interface PhonePart {
  /** How the number may begin in E.164. */
  readonly starts: readonly string[];
  /** The digits with which it may end; undefined where the beginning is clear. */
  readonly ends: string | undefined;
}

/**
 * Reads what may be a part of a number. Undefined for what holds anything but digits and their usual signs, or fewer than three digits.
 *
 * @param country ISO 3166-1 alpha-2 for national forms
 */
export function readPhonePart(text: string, country: string): PhonePart | undefined {
  const plain = text.trim().replace(/^\+(\d+\s*)\(0\)/, '+$1');
  const digits = plain.replaceAll(/\D/g, '');
  if (!/^[+\d\s()./-]+$/.test(plain) || digits.length < 3 || digits.length > 20) return undefined;
  if (plain.startsWith('+')) return { starts: [`+${digits}`], ends: undefined };
  if (digits.startsWith('00')) return { starts: [`+${digits.slice(2)}`], ends: undefined };
  const home = isSupportedCountry(country) ? [`+${getCountryCallingCode(country)}${digits.replace(/^0/, '')}`] : [];
  const ends = digits.length < 4 ? undefined : digits;
  return digits.startsWith('0') ? { starts: home, ends } : { starts: [...home, `+${digits}`], ends };
}
