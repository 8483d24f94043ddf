import { createHmac } from 'node:crypto';
import { sameSecret } from '@switchboard/core/contract';

/**
 * Our own Message-IDs and references. They carry case and mail with a MAC over (tenant, case, mail) under a key that only this install has:
 * whoever invents one, or takes the one of another tenant, has none. Hexadecimal in lower case, because gateways change the case of letters.
 *
 *     <m.CASE.MAIL.MAC@example.com>   the Message-ID of one mail
 *     <c.CASE.MAC@example.com>        stands in References of everything sent in a case, for providers that replace Message-IDs
 */
export interface OwnIds {
  readonly messageId: (mail: { readonly caseId: string; readonly mailId: string }, domain: string) => string;
  readonly caseReference: (caseId: string, domain: string) => string;
  /** @returns undefined for an id that is not ours, or not as we made it */
  readonly read: (id: string) => OwnId | undefined;
  /** For the header that tells our own mail wherever its Message-ID was replaced. */
  readonly marker: (mailId: string) => string;
  readonly readMarker: (marker: string) => string | undefined;
}

export type OwnId = {
  readonly caseId: string;
  /** Undefined in the reference of a case. */
  readonly mailId: string | undefined;
};

const MAC_DIGITS = 24;
const idShape = /^<?([mc])\.([0-9a-f]{32})(?:\.([0-9a-f]{32}))?\.([0-9a-f]{24})@[^<>\s@]+>?$/i;
const markerShape = /^([0-9a-f]{32})\.([0-9a-f]{24})$/i;

/** @param key of the install, never sent anywhere */
export function createOwnIds(key: string, tenantId: string): OwnIds {
  const mac = (kind: string, ...parts: readonly string[]) =>
    createHmac('sha256', key)
      .update(JSON.stringify([kind, tenantId, ...parts]))
      .digest('hex')
      .slice(0, MAC_DIGITS);
  return {
    messageId: ({ caseId, mailId }, domain) =>
      `<m.${digits(caseId)}.${digits(mailId)}.${mac('mail', digits(caseId), digits(mailId))}@${domain}>`,
    caseReference: (caseId, domain) => `<c.${digits(caseId)}.${mac('case', digits(caseId))}@${domain}>`,
    marker: (mailId) => `${digits(mailId)}.${mac('marker', digits(mailId))}`,
    read(id) {
      const [, kind = '', caseDigits = '', mailDigits = '', given = ''] = idShape.exec(id.trim().toLowerCase()) ?? [];
      if (kind === '' || (kind === 'm') !== (mailDigits !== '')) return undefined;
      const expected = kind === 'm' ? mac('mail', caseDigits, mailDigits) : mac('case', caseDigits);
      if (!sameSecret(given, expected)) return undefined;
      return { caseId: uuid(caseDigits), mailId: kind === 'm' ? uuid(mailDigits) : undefined };
    },
    readMarker(marker) {
      const [, mailDigits = '', given = ''] = markerShape.exec(marker.trim().toLowerCase()) ?? [];
      return mailDigits !== '' && sameSecret(given, mac('marker', mailDigits)) ? uuid(mailDigits) : undefined;
    },
  };
}

function digits(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

function uuid(text: string): string {
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}
