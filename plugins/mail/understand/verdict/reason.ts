import type { BounceReason } from '../understood.ts';

/** RFC 3463 and its registry: codes that say enough by themselves, by subject and detail. */
const byCode: Readonly<Record<string, BounceReason>> = {
  '1.0': 'user-unknown',
  '1.1': 'user-unknown',
  '1.2': 'host-unknown',
  '1.3': 'user-unknown',
  '1.6': 'moved',
  '1.10': 'host-unknown',
  '2.1': 'suspended',
  '2.2': 'mailbox-full',
  '2.3': 'too-big',
  '3.4': 'too-big',
  '3.1': 'system',
  '4.1': 'expired',
  '4.4': 'host-unknown',
  '4.7': 'expired',
  '4.6': 'system',
  '5.3': 'rate-limited',
  '7.2': 'policy',
  '7.8': 'authentication',
  '7.9': 'authentication',
  '7.17': 'moved',
  '7.20': 'authentication',
  '7.21': 'authentication',
  '7.22': 'authentication',
  '7.23': 'authentication',
  '7.24': 'authentication',
  '7.25': 'authentication',
  '7.26': 'authentication',
  '7.27': 'host-unknown',
  '7.509': 'authentication',
  '7.515': 'authentication',
  '1.8': 'authentication',
  '1.7': 'policy',
  '7.511': 'blocked',
  '7.606': 'blocked',
  '7.705': 'rate-limited',
  '7.64': 'relay-denied',
};

/** What servers write, from the telling to the vague; the first that fits decides. */
const byText: readonly (readonly [BounceReason, RegExp])[] = [
  ['virus', /\bvirus|malware|infected|trojan/i],
  [
    'mailbox-full',
    /mailbox (?:is )?full|quota|over\s?quota|mailbox[^.]{0,30}(?:full|exceed)|insufficient (?:disk|system) ?(?:storage|space)|exceeded (?:its )?storage|out of (?:disk )?space|storage allocation|not enough (?:storage|space)|user is over|postfach (?:ist )?voll|speicherplatz|boîte (?:aux lettres )?pleine|buz[oó]n (?:est[aá] )?lleno|casella piena|mailbox vol|skrzynka.{0,20}(?:pełna|przepełniona)|ящик переполнен|почтовый ящик.{0,20}переполнен|容量/i,
  ],
  [
    'too-big',
    /message (?:size )?(?:is )?(?:too (?:big|large|long)|exceeds|larger)|size (?:limit|exceed)|exceeds? (?:the )?(?:maximum|size|fixed)|too large|maximum (?:message )?size|nachricht (?:ist )?zu groß|te groot|trop volumineux|demasiado grande/i,
  ],
  [
    'authentication',
    /\bspf\b|\bdkim\b|\bdmarc\b|sender policy framework|unauthenticated (?:email|mail)|not authenticated|authentication (?:failed|required|checks?)|must authenticate/i,
  ],
  [
    'rate-limited',
    /rate.?limit|too many (?:messages|recipients|connections|concurrent|e?mails|errors)|throttl|try again later.{0,40}limit|exceed(?:ed|s) (?:the )?(?:rate|limit|hourly|daily)|receiving (?:mail|email)s? (?:at a rate|too quickly)|sending limit/i,
  ],
  [
    'relay-denied',
    /relay(?:ing)? (?:not (?:permitted|allowed)|denied|access denied|prohibited)|unable to relay|not permitted to relay|(?:we do|does) not relay|cannot relay/i,
  ],
  [
    'blocked',
    /\bblock(?:ed|list|ing)|black\s?list|\bdnsbl\b|\brbl\b|spamhaus|spamcop|barracuda|reputation|banned|listed (?:in|by|at|on)|poor.{0,20}(?:ip|score)|ip address.{0,60}(?:refused|reject|denied)|access denied|connection refused by policy|\bptr\b|reverse dns|rdns|helo.{0,30}(?:reject|invalid)|client host rejected/i,
  ],
  ['spam', /\bspam|junk mail|unsolicited|\bube\b|\buce\b|bulk (?:e?mail)|considered (?:as )?junk/i],
  [
    'moved',
    /(?:has )?moved|no longer (?:works?|employed|with (?:us|the))|new (?:e-?mail )?address|address (?:has )?changed|forwarding address|left the company|verzogen/i,
  ],
  [
    'suspended',
    /(?:account|mailbox|user|e?mail address|recipient)[^.]{0,40}(?:disabled|suspended|inactive|locked|deactivated|expired|not active|is closed|blocked by)|inactive (?:user|account|mailbox)|disabled (?:user|account|mailbox)|not (?:currently )?(?:active|receiving)|no longer (?:active|in use|available|valid|exists?)|temporarily (?:disabled|suspended)/i,
  ],
  [
    'host-unknown',
    /host (?:or domain )?(?:name )?(?:unknown|not found)|unknown host|domain (?:name )?(?:not found|does(?: not|n.t) exist|unknown|not exist)|no such (?:domain|host)|couldn.t find (?:any|a) (?:host|mail)|unrouteable|unroutable|no mail exchanger|name (?:or )?service|nxdomain|dns (?:error|lookup|query|server)|bad destination (?:host|system|domain)|illegal host|all relevant mx records|no mx|null mx|host.{0,80}not found|name server|domain.{0,60}(?:couldn.t be found|konnte nicht)/i,
  ],
  [
    'user-unknown',
    /(?:user|recipient|mailbox|account|address|addressee|alias|person|name)\b[^.\n]{0,60}(?:unknown|not (?:found|exist|known|valid|here|a valid|listed|local|be found)|does(?:n.t| not) (?:exist|have)|doesn.t have|invalid|unavailable|rejected|cannot be found|could not be found|wasn.t found|isn.t|undeliverable|no longer)|(?:unknown|invalid|no such|bad|unrecognized|nonexistent|non-existent|not a (?:valid|known)) (?:local |destination )?(?:e-?mail )?(?:user|recipient|mailbox|account|address|addressee|person|alias|name)|no (?:such )?(?:mailbox|user|account|recipient|person)\b|user unknown|not our customer|no valid recipient|unknown user|recipnotfound|can.t (?:create|find).{0,20}(?:user|mailbox)|isn.t (?:a )?(?:valid|known)|unbekannt|existiert nicht|nicht gefunden|bestaat niet|onbekend|niet gevonden|n.existe pas|inconnu|introuvable|no existe|desconocid|no encontrad|non esiste|sconosciut|n[aã]o existe|nie istnieje|nieznan|не существует|не найден|неизвест|存在しません|不存在|존재하지/i,
  ],
  [
    'expired',
    /(?:retry|delivery|queue|message).{0,30}(?:time ?out|expired|exceeded|too long)|(?:time|timed) ?out|(?:could not|not) be delivered (?:within|for|in)|too long in queue|expired|undelivered (?:for|after)|been in the queue|giving up|connection (?:refused|reset|timed|lost|dropped)|could not connect|unable to connect|no answer|not responding|unreachable/i,
  ],
  [
    'filtered',
    /filter(?:ed|ing)?\b|content (?:reject|not)|(?:not|isn.t) (?:authorized|allowed|permitted) to (?:send|post)|only accepts? (?:mail|messages)|restricted|sender (?:not|rejected|denied)|(?:message|mail|delivery) (?:rejected|refused|not accepted)|recipient refuses/i,
  ],
  [
    'policy',
    /polic(?:y|ies)|not (?:accepted|allowed|permitted)|refused|prohibited|administrative|transaction failed|violat|rejected|denied/i,
  ],
  [
    'system',
    /system (?:error|problem|failure|not accepting)|internal (?:error|server)|local error|i\/o error|disk|configuration|loop(?:ing)?\b|too many hops|hop count|temporar(?:y|ily)|resources|protocol error|syntax error|mail system/i,
  ],
];

/** Codes under which servers file whatever they like. */
const vague = new Set([
  '0.0',
  '1.0',
  '2.0',
  '3.0',
  '4.0',
  '5.0',
  '6.0',
  '7.0',
  '7.1',
  '5.1',
  '5.2',
  '5.4',
  '4.2',
  '4.3',
  '4.5',
  '3.2',
  '3.3',
  '3.5',
  '6.1',
]);

/** @param code an enhanced code (`5.1.1`), a reply code (`550`) or '' */
export function reasonOf(code: string, text: string): BounceReason {
  const [, ...rest] = code.split('.');
  const detail = rest.join('.');
  const known = vague.has(detail) ? undefined : byCode[detail];
  // Full mailboxes and unknown users are reported under each other's codes; the words are the server's own.
  const told = byText.find(([, pattern]) => pattern.test(text.slice(0, 2_000)))?.[0];
  if (
    known !== undefined &&
    !(
      told === 'mailbox-full' ||
      (known === 'user-unknown' && (told === 'host-unknown' || told === 'suspended' || told === 'moved'))
    )
  )
    return known;
  if (told !== undefined) return told;
  if (known !== undefined) return known;
  if (detail === '1.0' || code === '551' || code === '553') return 'user-unknown';
  return code === '552' ? 'mailbox-full' : 'unknown';
}

/** These pass by themselves, whatever class the server gave them. */
const passing: ReadonlySet<BounceReason> = new Set(['mailbox-full', 'rate-limited', 'expired']);
/** These do not, although some servers call them transient. */
const lasting: ReadonlySet<BounceReason> = new Set(['user-unknown', 'host-unknown', 'moved', 'suspended']);

/** Whether the address will not work later either. Only asked for mail that was given up. */
export function isPermanent(code: string, reason: BounceReason): boolean {
  if (passing.has(reason)) return false;
  return lasting.has(reason) || !code.startsWith('4');
}

/** The first enhanced code, else the first reply code, in what a server said. */
export function codeIn(text: string): string {
  const enhanced = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\.\d|\d)/.exec(text)?.[1];
  return enhanced ?? /(?<![\d.])([245]\d\d)(?=[\s\-#:;,)\]]|$)(?![.]\d)/.exec(text)?.[1] ?? '';
}
