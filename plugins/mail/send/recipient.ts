import { domainToASCII } from 'node:url';
import { PayloadError } from '@switchboard/core/contract';
import addressparser from 'nodemailer/lib/addressparser';
import { normalAddress } from '../file/address.ts';

/** Somebody whom a mail goes to, checked: what is handed to the server is what the author saw. */
export type Recipient = { readonly name: string; readonly address: string };

const LONGEST = 254;
/** Unquoted local parts only: quotes and comments have sent mail to other people than it showed. */
const localPart = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const hostName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

/**
 * Reads `anna@example.com` or `Anna Berg <anna@example.com>`.
 *
 * @param field for the error: `to.0`
 * @throws PayloadError for anything but exactly one address that can be written to
 */
export function parseRecipient(text: string, field: string): Recipient {
  const [one, ...others] = /[\r\n\0]/.test(text) ? [] : addressparser(text);
  const isOne = others.length === 0 && one !== undefined && !('group' in one);
  const address = isOne ? checked(one.address ?? '') : undefined;
  if (address === undefined) throw notAnAddress(text, field);
  const recipient = { name: headerText(one?.name ?? ''), address };
  const [again] = addressparser(written(recipient), { flatten: true });
  if (normalAddress(again?.address ?? '') !== normalAddress(address)) throw notAnAddress(text, field);
  return recipient;
}

/** @returns undefined for an address that mail cannot be sent to */
export function checked(address: string): string | undefined {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0));
  const domain = domainToASCII(trimmed.slice(at + 1));
  const isGood = localPart.test(local) && hostName.test(domain) && local.length <= 64;
  return isGood && local.length + domain.length < LONGEST ? `${local}@${domain}` : undefined;
}

/** Each address once, in the first of the lists that has it: nobody gets one mail twice. */
export function onceEach(...lists: readonly (readonly Recipient[])[]): Recipient[][] {
  const seen = new Set<string>();
  return lists.map((list) =>
    list.filter(({ address }) => {
      const key = normalAddress(address);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  );
}

/** As people read and write it. */
export function written({ name, address }: Recipient): string {
  return name === '' ? address : `"${name.replaceAll(/["\\]/g, '')}" <${address}>`;
}

/** Text that may stand in a header: on one line, without what ends lines for somebody. */
export function headerText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function notAnAddress(text: string, field: string): PayloadError {
  const shown = headerText(text).slice(0, 100);
  return new PayloadError(`"${shown}" is not an address that mail can be sent to`, {
    field,
    reason: 'mail.no-address-at-all',
    values: { text: shown },
    remedy: 'Write one address, such as anna@example.com, without quotes or comments before the @.',
  });
}
