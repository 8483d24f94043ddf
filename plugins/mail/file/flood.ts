/**
 * The real defence against loops, since headers lie: how much one address, and one domain, may write to one of our mailboxes. Above a cap mail
 * is still stored, but answers nothing by itself and opens no case. The domain catches addresses that change by a letter each time.
 */
export type Cap = { readonly minutes: number; readonly most: number };

const ADDRESS_CAPS: readonly Cap[] = [
  { minutes: 10, most: 10 },
  { minutes: 30, most: 15 },
  { minutes: 60, most: 25 },
  { minutes: 180, most: 50 },
  { minutes: 600, most: 100 },
];

/** A company has many people; a loop behind a domain still ends within minutes. */
const DOMAIN_FACTOR = 5;

/** Providers whose domain says nothing of who writes. */
const SHARED_DOMAINS = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  't-online.de',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'mail.ru',
  'yandex.ru',
  'qq.com',
  '163.com',
]);

export const LONGEST_WINDOW_MINUTES = 600;

/** Earlier mails of the same sender to the same mailbox, as ages in minutes before the mail in question. */
export type Ages = { readonly address: readonly number[]; readonly domain: readonly number[] };

/** @returns why, as a sentence; undefined below all caps */
export function floodOf(ages: Ages, domain: string): string | undefined {
  const byAddress = ADDRESS_CAPS.find((cap) => isOver(ages.address, cap));
  if (byAddress !== undefined) return sentence('This address', byAddress);
  if (SHARED_DOMAINS.has(domain)) return undefined;
  const caps = ADDRESS_CAPS.map(({ minutes, most }) => ({ minutes, most: most * DOMAIN_FACTOR }));
  const byDomain = caps.find((cap) => isOver(ages.domain, cap));
  return byDomain && sentence('This domain', byDomain);
}

function isOver(ages: readonly number[], { minutes, most }: Cap): boolean {
  return ages.filter((age) => age >= 0 && age < minutes).length >= most;
}

function sentence(who: string, { minutes, most }: Cap): string {
  return `${who} wrote more than ${most} mails in ${minutes} minutes to this mailbox; that looks like a loop.`;
}
