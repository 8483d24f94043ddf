import type { BouncedRecipient } from '../understood.ts';
import { codeIn, isPermanent, reasonOf } from './reason.ts';

const maxRecipients = 100;
const maxLines = 400;
const addressPattern = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
/** From here on the report only repeats what was sent. */
const copyBelow =
  /^\W{0,4}(?:below this line is a copy|(?:this is|here is|the following is) a copy of (?:the|your)|the (?:header|headers|body|original message) (?:of|follows)|original message (?:follows|header)|-+ ?(?:original|returned|unsent|undelivered|transcript of|message header|copy of)[\w ]{0,40}(?:message|header)[\w ]{0,20}-*|(?:start of )?(?:returned|original) message|message headers? follow|return-path:|received: from)/i;

/**
 * Recipients of a report that is written for people: qmail, Exim, old Exchange, Lotus, gateways. An address counts that stands alone on its line or
 * before a colon, or near which a server's code or words stand.
 * @param named addresses named in a header, such as X-Failed-Recipients: they decide who, the prose says why
 */
export function readProse(
  text: string,
  named: readonly string[],
  excluded: ReadonlySet<string>,
  isDelay: boolean,
): BouncedRecipient[] {
  const lines = upToCopy(text.split('\n').slice(0, maxLines));
  const found =
    named.length > 0
      ? named.map((address) => ({
          address,
          at: lines.findIndex((line) => line.toLowerCase().includes(address.toLowerCase())),
        }))
      : candidatesOr(lines, excluded);
  const recipients = found
    .slice(0, maxRecipients)
    .map(({ address, at }) => recipientOf(address, saidAbout(lines, at), isDelay));
  return recipients.length > 0 ? recipients : [recipientOf('', lines.join(' ').slice(0, 3_000), isDelay)];
}

function upToCopy(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line, index) => index > 1 && copyBelow.test(line));
  return at === -1 ? lines : lines.slice(0, at);
}

/** Who writes to himself gets a report about himself. */
function candidatesOr(lines: readonly string[], excluded: ReadonlySet<string>): { address: string; at: number }[] {
  const others = candidates(lines, excluded);
  return others.length > 0 ? others : candidates(lines, new Set());
}

function candidates(lines: readonly string[], excluded: ReadonlySet<string>): { address: string; at: number }[] {
  const strong = new Map<string, number>();
  const weak = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    const addresses = (line.slice(0, 2_000).match(addressPattern) ?? []).filter(
      (address) => !isAside(address, excluded),
    );
    const [only] = addresses;
    if (only === undefined) continue;
    const alone =
      /^\W{0,12}(?:(?:rfc822|smtp|to|recipient|for|user|rcpt to|delivered to|original recipient|final recipient|an|aan|à|para|кому)\W{1,4})?[^\s]{3,200}\W{0,6}(?:\(.{0,200}\))?[:;]?\s*(?:$|\(|["'])/i.test(
        line,
      ) || /<[^<>\s]+@[^<>\s]+>\s*:/.test(line);
    // "Your message To: ... did not reach": the header of the message, not a recipient that failed.
    const isHeader = /^\s*(?:to|cc|from|sent|an|von|à|de|para|aan)\s*:/i.test(line) && codeIn(line) === '';
    const coded = codeIn(line) !== '' || codeIn(lines[at + 1] ?? '') !== '';
    for (const address of addresses) {
      const list = (alone || coded) && !isHeader ? strong : weak;
      if (!list.has(address.toLowerCase())) list.set(address.toLowerCase(), at);
    }
  }
  const chosen = strong.size > 0 ? [...strong] : [...weak].slice(0, 1);
  return chosen.map(([address, at]) => ({ address, at }));
}

/** Addresses that a report names besides: its own, ours, and message ids. */
function isAside(address: string, excluded: ReadonlySet<string>): boolean {
  return (
    excluded.has(address.toLowerCase()) ||
    /^(?:mailer-daemon|postmaster|mail-daemon|abuse|helpdesk|support|double-bounce)@/i.test(address)
  );
}

/** The line of the address and those below it up to an empty line or two; for an address at the end of a sentence, the paragraph. */
function saidAbout(lines: readonly string[], at: number): string {
  if (at === -1) return lines.join(' ').slice(0, 3_000);
  const said: string[] = [];
  let blanks = 0;
  for (let index = at; index < lines.length && said.length < 10 && blanks < 3; index += 1) {
    const line = lines[index]?.trim() ?? '';
    if (line === '') blanks += 1;
    else if (index > at && /^<?[^\s<>]+@[^\s<>]+>?:?$/.test(line)) break;
    else said.push(line);
  }
  const below = said.join(' ');
  // Some say first what happened and then to whom.
  return codeIn(below) === '' && below.length < 120
    ? `${below} ${lines.slice(Math.max(0, at - 6), at).join(' ')}`
    : below;
}

function recipientOf(address: string, said: string, isDelay: boolean): BouncedRecipient {
  const text = said.replaceAll(/\s+/g, ' ').trim();
  const words = address === '' ? text : text.replaceAll(address, '').trim();
  const code = codeIn(words);
  const reason = reasonOf(code, words);
  return {
    address,
    finalAddress: address,
    action: isDelay ? 'delayed' : 'failed',
    permanent: !isDelay && isPermanent(code, reason),
    reason,
    code,
    text: text.slice(0, 1_000).toWellFormed(),
  };
}
