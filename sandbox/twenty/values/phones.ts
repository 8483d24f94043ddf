import { type CountryCode, isSupportedCountry, parsePhoneNumberWithError, type PhoneNumber } from 'libphonenumber-js';
import { GraphqlError } from '../errors.ts';
import { checkJson, checkText } from './scalars.ts';

type Input = { number: string; countryCode?: string | undefined; callingCode?: string | undefined };

/**
 * The parts to write. A number is stored as national number, calling code and country; a primary number alone erases
 * the additional ones, while these alone keep it (Twenty 2.21, measured).
 */
export function coercePhones(field: string, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { primaryPhoneNumber, additionalPhones } = value;
  const primary = primaryPhoneNumber === undefined ? codesOnly(field, value) : coercePrimary(field, value);
  const writesList = primaryPhoneNumber !== undefined || additionalPhones !== undefined;
  return { ...primary, ...(writesList && { additionalPhones: coerceAdditional(field, additionalPhones) }) };
}

function coercePrimary(field: string, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const number = value['primaryPhoneNumber'];
  const codes = codesOnly(field, value);
  if (number === null || number === '') return { ...codes, primaryPhoneNumber: null };
  const parsed = parse({
    number: checkText(`${field}.primaryPhoneNumber`, number, 'data'),
    countryCode: presentText(codes['primaryPhoneCountryCode']),
    callingCode: presentText(codes['primaryPhoneCallingCode']),
  });
  return {
    primaryPhoneNumber: parsed.nationalNumber,
    primaryPhoneCountryCode: parsed.country ?? null,
    primaryPhoneCallingCode: codes['primaryPhoneCallingCode'] ?? `+${parsed.countryCallingCode}`,
  };
}

function codesOnly(field: string, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const codes = ['primaryPhoneCountryCode', 'primaryPhoneCallingCode'].flatMap((name) => {
    const code = value[name];
    if (code === undefined) return [];
    return [[name, code === null || code === '' ? null : checkText(`${field}.${name}`, code, 'data')]];
  });
  const { primaryPhoneCountryCode: country } = Object.fromEntries(codes);
  if (typeof country === 'string') demandCountry(country);
  return Object.fromEntries(codes);
}

function coerceAdditional(field: string, value: unknown): object[] | null {
  const list = checkJson(`${field}.additionalPhones`, value ?? []);
  if (!Array.isArray(list) || list.length === 0) return null;
  return list.map((item: Partial<Input>) => {
    // An item without a number is stored empty (Twenty 2.21, measured).
    if (item.number === undefined) return {};
    const number = checkText(`${field}.additionalPhones`, item.number, 'data');
    const parsed = parse({
      number,
      countryCode: presentText(item.countryCode),
      callingCode: presentText(item.callingCode),
    });
    return {
      number: parsed.nationalNumber,
      callingCode: `+${parsed.countryCallingCode}`,
      countryCode: parsed.country ?? '',
    };
  });
}

/** The library's number; what was sent beside it must agree with what the library infers. */
function parse(input: Input): PhoneNumber {
  if (input.countryCode !== undefined) demandCountry(input.countryCode);
  const parsed = parseOrRefuse(input);
  if (input.callingCode !== undefined && input.callingCode.replace('+', '') !== parsed.countryCallingCode) {
    throw refused('CONFLICTING_PHONE_CALLING_CODE', 'Provided and inferred calling code are conflicting');
  }
  if (input.countryCode !== undefined && parsed.country !== undefined && input.countryCode !== parsed.country) {
    throw refused('CONFLICTING_PHONE_COUNTRY_CODE', 'Provided and inferred country code are conflicting');
  }
  return parsed;
}

function demandCountry(code: string): void {
  if (!isSupportedCountry(code)) throw refused('INVALID_PHONE_COUNTRY_CODE', `Invalid country code ${code}`);
}

function parseOrRefuse(input: Input): PhoneNumber {
  try {
    return parsePhoneNumberWithError(input.number, {
      ...(input.countryCode !== undefined && { defaultCountry: input.countryCode as CountryCode }),
      ...(input.callingCode !== undefined && { defaultCallingCode: input.callingCode.replace('+', '') }),
    });
  } catch {
    throw refused('INVALID_PHONE_NUMBER', `Provided phone number is invalid ${input.number}`);
  }
}

function presentText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function refused(subCode: string, message: string): GraphqlError {
  return new GraphqlError(message, 'BAD_USER_INPUT', { subCode, userFriendlyMessage: message });
}
