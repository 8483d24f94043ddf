import ipaddr from 'ipaddr.js';
import type { RawField } from '../mime/headers.ts';

/** The server that handed a mail to ours, as our own border has noted it. */
export interface Border {
  readonly ip: string;
  readonly helo: string;
  /** Of the envelope; '' for mail that nothing may answer. */
  readonly sender: string;
}

/**
 * Reads it from the topmost Received fields, of which everybody can have written those below our own. So each one on top has to be by one of our
 * servers: those that took the mail from an address inside are passed over, and the first that took it from outside is the border. The envelope's
 * sender is what the delivering server put above that as Return-Path.
 *
 * @param ownServers names as they stand behind `by`, in any case
 * @returns undefined where any of that is missing or written in a way that could be read in two ways
 */
export function readBorder(fields: readonly RawField[], ownServers: readonly string[]): Border | undefined {
  const own = new Set(ownServers.map((name) => name.toLowerCase()));
  let sender: string | undefined;
  for (const { name, value } of fields) {
    if (name === 'return-path') sender ??= /^\s*<([^<>\s]*)>\s*$/.exec(value)?.[1];
    if (name !== 'received') continue;
    const hop = readHop(value);
    if (hop === undefined || !own.has(hop.by)) return undefined;
    if (isInside(hop.ip)) continue;
    return sender === undefined ? undefined : { ip: hop.ip, helo: hop.helo, sender };
  }
  return undefined;
}

interface Hop {
  readonly helo: string;
  readonly ip: string;
  readonly by: string;
}

/** Postfix and Sendmail: `HELO (NAME [IP])`; Exim: `NAME ([IP] helo=HELO)`; Exchange: `HELO (IP)`. */
const shapes = [
  /^from ([^\s()[\]]+) \((?:[^\s()[\]]+ )?\[(?:IPv6:)?([0-9a-f.:]+)\](?: \(may be forged\))?\) by ([^\s()[\];]+)/i,
  /^from [^\s()[\]]+ \(\[([0-9a-f.:]+)\](?::\d+)? helo=([^\s()[\]]+)\) by ([^\s()[\];]+)/i,
  /^from ([^\s()[\]]+) \(([0-9a-f.:]+)\) by ([^\s()[\];]+)/i,
] as const;

function readHop(value: string): Hop | undefined {
  const line = value.slice(0, 2_000).replaceAll(/\s+/g, ' ').trim();
  // A sender who could write one into the own name would say by whom, and from where.
  if (line.split(/ by /i).length !== 2) return undefined;
  const [postfix, exim, exchange] = shapes.map((shape) => shape.exec(line));
  const [, helo = '', ip = '', by = ''] = postfix ?? exchange ?? (exim && [exim[0], exim[2], exim[1], exim[3]]) ?? [];
  return ipaddr.isValid(ip) ? { helo, ip: ipaddr.process(ip).toString(), by: by.toLowerCase() } : undefined;
}

function isInside(ip: string): boolean {
  return ipaddr.process(ip).range() !== 'unicast';
}
