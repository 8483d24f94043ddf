import { type CrmRecord, parsePhone } from '@switchboard/core/contract';

/** Values of records as pages take them. Twenty answers an unset text as "" (2.21, measured). */

export function textIn(record: CrmRecord | undefined, field: string): string | null {
  const value = record?.[field];
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberIn(record: CrmRecord, field: string): number | null {
  const value = record[field];
  return typeof value === 'number' ? value : null;
}

export interface ShownNumber {
  /** E.164, to be dialled. */
  readonly number: string;
  /** As people write it. */
  readonly text: string;
}

/** @param country ISO 3166-1 alpha-2 for national numbers */
export function shownNumber(text: string, country: string): ShownNumber | undefined {
  const phone = parsePhone(text, country);
  return phone && { number: phone.e164, text: phone.international };
}

type Phones = {
  readonly primaryPhoneNumber?: unknown;
  readonly primaryPhoneCallingCode?: unknown;
  readonly additionalPhones?: unknown;
};

/** Every number of a PHONES value, the first one first. */
export function numbersIn(value: unknown, country: string): ShownNumber[] {
  const { primaryPhoneNumber, primaryPhoneCallingCode, additionalPhones } = (value ?? {}) as Phones;
  const additional: readonly unknown[] = Array.isArray(additionalPhones) ? additionalPhones : [];
  const texts = [
    written(primaryPhoneCallingCode, primaryPhoneNumber),
    ...additional.map((one) => {
      const { callingCode, number } = (one ?? {}) as { readonly callingCode?: unknown; readonly number?: unknown };
      return written(callingCode, number);
    }),
  ];
  const shown = texts.flatMap((text) => shownNumber(text, country) ?? []);
  return [...new Map(shown.map((one) => [one.number, one])).values()];
}

function written(callingCode: unknown, number: unknown): string {
  if (typeof number !== 'string') return '';
  return number.startsWith('+') || typeof callingCode !== 'string' ? number : `${callingCode}${number}`;
}

/** Every address of an EMAILS value. */
export function emailsIn(value: unknown): string[] {
  const { primaryEmail, additionalEmails } = (value ?? {}) as { primaryEmail?: unknown; additionalEmails?: unknown };
  const all: readonly unknown[] = [primaryEmail, ...(Array.isArray(additionalEmails) ? additionalEmails : [])];
  return [...new Set(all.filter((one): one is string => typeof one === 'string' && one !== ''))];
}

/** The lines of an ADDRESS value, as on an envelope. */
export function addressIn(value: unknown): string[] {
  const parts = (value ?? {}) as Readonly<Record<string, unknown>>;
  const part = (name: string) => (typeof parts[name] === 'string' ? parts[name].trim() : '');
  const town = [part('addressPostcode'), part('addressCity')].filter((one) => one !== '').join(' ');
  return [part('addressStreet1'), part('addressStreet2'), town, part('addressCountry')].filter((one) => one !== '');
}
