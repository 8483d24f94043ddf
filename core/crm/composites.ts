import { parsePhone } from '../contract/phone.ts';
import { addFiles, isFileAddition } from './file-list.ts';
import { isPlainObject } from './patch.ts';
import { isReplacedWhole } from './schema.ts';
import type { ObjectSchema } from './schema.ts';

type Parts = Readonly<Record<string, unknown>>;

/** Twenty replaces these composites whole, so that a write must bring along what it does not change. */
const whole: Readonly<Record<string, readonly string[]>> = {
  EMAILS: ['primaryEmail', 'additionalEmails'],
  PHONES: ['primaryPhoneNumber', 'additionalPhones'],
  LINKS: ['primaryLinkUrl', 'primaryLinkLabel', 'secondaryLinks'],
};

/** The fields of a patch for which the record's present value has to be known. */
export function fieldsToComplete(object: ObjectSchema, patch: Parts): string[] {
  return Object.keys(patch).filter((name) => {
    const type = object.fields.get(name)?.type;
    const value = patch[name];
    if (isFileAddition(type, value)) return true;
    return isReplacedWhole(type) && isPlainObject(value) && whole[type as string]?.some((part) => !(part in value));
  });
}

/**
 * Completes LINKS, PHONES and EMAILS with the record's present parts, and writes phone numbers the one way Twenty takes
 * them: international, without country parts beside them (Twenty 2.21, measured). A number that cannot be one is left out, because it
 * would be refused together with everything else in its batch.
 *
 * @param current the record as Twenty answers it; undefined for a new one
 * @param country ISO 3166-1 alpha-2 for national numbers
 */
export function completeComposites(
  object: ObjectSchema,
  patch: Parts,
  current: Parts | undefined,
  country: string,
): { fields: Record<string, unknown>; droppedNumbers: number } {
  const fields: Record<string, unknown> = {};
  let droppedNumbers = 0;
  for (const [name, value] of Object.entries(patch)) {
    const type = object.fields.get(name)?.type;
    const present = isPlainObject(current?.[name]) ? current[name] : {};
    if (isFileAddition(type, value)) {
      fields[name] = addFiles(current?.[name], value);
    } else if (type === 'PHONES') {
      const phones = completePhones(value, present, country);
      droppedNumbers += phones.dropped;
      if (phones.value !== undefined) fields[name] = phones.value;
    } else if (type === 'EMAILS' && value === null) {
      fields[name] = { primaryEmail: null, additionalEmails: [] };
    } else if (isReplacedWhole(type) && isPlainObject(value)) {
      fields[name] = { ...pick(present, whole[type as string] ?? []), ...value };
    } else {
      fields[name] = value;
    }
  }
  return { fields, droppedNumbers };
}

function pick(value: Parts, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => value[name] !== undefined).map((name) => [name, value[name]]));
}

type Phones = { readonly value: Parts | undefined; readonly dropped: number };

/** Null would change nothing: cleared numbers are empty text (Twenty 2.21, measured). */
const noPhones = { primaryPhoneNumber: '', additionalPhones: [] };

function completePhones(value: unknown, present: Parts, country: string): Phones {
  if (value === null) return { value: noPhones, dropped: 0 };
  if (!isPlainObject(value)) return { value: undefined, dropped: 1 };
  const stored = {
    primaryPhoneNumber: storedNumber(present['primaryPhoneCallingCode'], present['primaryPhoneNumber']),
    additionalPhones: present['additionalPhones'] ?? [],
  };
  const primary = 'primaryPhoneNumber' in value ? givenPrimary(value, country) : stored.primaryPhoneNumber;
  const given = value['additionalPhones'] ?? ('additionalPhones' in value ? [] : stored.additionalPhones);
  const list = (Array.isArray(given) ? given : []).map((item) => givenAdditional(item, country));
  const additional = list.filter((number) => number !== undefined);
  const dropped = list.length - additional.length + (primary === undefined ? 1 : 0);
  return {
    value: {
      primaryPhoneNumber: primary ?? stored.primaryPhoneNumber,
      additionalPhones: [...new Set(additional)].map((number) => ({ number })),
    },
    dropped,
  };
}

/** Twenty stores the national number and the calling code apart. */
function storedNumber(callingCode: unknown, national: unknown): string {
  if (typeof national !== 'string' || national === '') return '';
  return national.startsWith('+') ? national : `${typeof callingCode === 'string' ? callingCode : ''}${national}`;
}

function givenPrimary(value: Parts, country: string): string | undefined {
  const number = value['primaryPhoneNumber'];
  if (number === null || number === '') return '';
  if (typeof number !== 'string') return undefined;
  const full = storedNumber(value['primaryPhoneCallingCode'], number);
  return parsePhone(full, readCountry(value['primaryPhoneCountryCode'], country))?.e164;
}

function givenAdditional(item: unknown, country: string): string | undefined {
  if (typeof item === 'string') return parsePhone(item, country)?.e164;
  if (!isPlainObject(item) || typeof item['number'] !== 'string') return undefined;
  const full = storedNumber(item['callingCode'], item['number']);
  return parsePhone(full, readCountry(item['countryCode'], country))?.e164;
}

/**
 * What Twenty has taken apart is put together again without parsing it anew, which is most of the work of a copy. Undefined where
 * something may be left to parse: no calling code, a leading zero.
 */
function wholeNumber(callingCode: unknown, national: unknown): string | undefined {
  if (typeof callingCode !== 'string' || typeof national !== 'string') return undefined;
  return /^\+\d{1,3}$/.test(callingCode) && /^[1-9]\d{3,13}$/.test(national) ? `${callingCode}${national}` : undefined;
}

const readCountry = (given: unknown, fallback: string): string =>
  typeof given === 'string' && given !== '' ? given : fallback;

/** Every number of a PHONES value as Twenty answers it, in E.164. */
export function numbersOf(value: unknown, country: string): string[] {
  if (!isPlainObject(value)) return [];
  const { primaryPhoneNumber, primaryPhoneCallingCode, additionalPhones } = value;
  const additional: readonly unknown[] = Array.isArray(additionalPhones) ? additionalPhones : [];
  const numbers = [
    wholeNumber(primaryPhoneCallingCode, primaryPhoneNumber) ?? givenPrimary(value, country),
    ...additional.map(
      (item) =>
        (isPlainObject(item) ? wholeNumber(item['callingCode'], item['number']) : undefined) ??
        givenAdditional(item, country),
    ),
  ];
  return [...new Set(numbers.filter((number): number is string => Boolean(number)))];
}

/** Every address of an EMAILS value, lower-cased. */
export function addressesOf(value: unknown): string[] {
  if (!isPlainObject(value)) return [];
  const { primaryEmail, additionalEmails } = value;
  const addresses = [primaryEmail, ...(Array.isArray(additionalEmails) ? additionalEmails : [])];
  return [
    ...new Set(
      addresses
        .filter((one): one is string => typeof one === 'string' && one !== '')
        .map((one) => one.trim().toLowerCase()),
    ),
  ];
}
