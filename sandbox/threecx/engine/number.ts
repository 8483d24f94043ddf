import type { Prefix } from './template.ts';
import type { Contact } from './reply.ts';

/** Writes a number as the template's `Number` element asks; numbers without an international prefix stay as they are. */
export function writeNumber(number: string, prefix: Prefix): string {
  const international = /^(?:\+|00)(\d+)$/.exec(number)?.[1];
  if (international === undefined || prefix === 'AsIs') return number;
  return { Off: '', Plus: '+', Zeros: '00' }[prefix] + international;
}

const PHONES = /^(Phone|Fax|Pager)/;

/** With "match exactly" a contact is shown only if one of its numbers is the one that was asked for. */
export function carriesNumber(contact: Contact, number: string): boolean {
  return Object.entries(contact).some(([type, text]) => PHONES.test(type) && text === number);
}
