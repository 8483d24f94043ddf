import type { Bounce, BouncedRecipient, MailAddress, MessageContent } from '../understood.ts';
import { idsIn, normaliseId, unique } from '../ids.ts';
import { allValues, firstValue, type RawField, readHeaders } from '../mime/headers.ts';
import { bytesOf, findPart } from '../mime/find.ts';
import type { Part } from '../mime/tree.ts';
import { decodeText } from '../mime/words.ts';
import { readAddresses } from '../address.ts';
import { decodeBytes } from '../text/charset.ts';
import { readDeliveryStatus } from './delivery-status.ts';
import { readProse } from './prose.ts';
import { hasEmptySender, machineSender, noReplySender } from './signs.ts';

const statusTypes = new Set(['message/delivery-status', 'message/global-delivery-status']);
const machineName =
  /mail(?:er)?[ -]?(?:delivery|daemon)|delivery (?:sub)?system|post\s?office|system administrator|mail administrator|systemadministrator|postmaster|internet mail delivery|message router|mail transport agent|autoreply\.smtp/i;
const bounceSubject =
  /undeliver|un-deliver|non.?deliver|not delivered|delivery (?:status|failure|failed|problem|error|notification|has failed|report|unsuccessful|incomplete)|deliver(?:ed|y|able)? (?:mail |message )?(?:to .{1,100} )?fail|returned (?:mail|e-?mail|to sender|message)|return(?:ed)? to sender|failure (?:notice|delivery|notification)|failed (?:delivery|mail|message|to deliver)|mail (?:delivery|system error|fail|could not|not delivered|rejected)|error sending your|message (?:delivery|not delivered|could not|undeliverable|rejected|status)|could not (?:be )?(?:deliver|send)|cannot (?:be )?deliver|rejected(?: mail| message|:)|bounced?\b|nondeliver|unable to deliver|warning: (?:message|could not)|permanent error|user unknown|address not found|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen|unzustellbare|fehlgeschlagen|übermittlungsstatus|niet bezorgd|onbestelbaar|niet afgeleverd|bezorging mislukt|non remis|non distribu|échec de (?:la )?(?:remise|livraison|distribution)|impossible de remettre|avis de non|retourn[ée]|no se (?:puede|pudo|ha podido) entregar|no entregado|devuelto|error de entrega|notificaci[oó]n de (?:estado|error)|non recapitabil|mancato recapito|impossibile recapitare|consegna non riuscita|n[aã]o entreg|falha na entrega|devolvid|n[aã]o foi poss[ií]vel entregar|niedoręczon|nie dostarczon|niedostarczon|zwrot|недоставлен|не доставлен|не может быть доставлен|невозможно доставить|ошибка доставки|nedoručiteln|nedoručen|olevererbar|kunde inte levereras|kan ikke leveres|ikke leveret|ikke levert|toimitus epäonnistui|ei voitu toimittaa|kézbesíthetetlen|kézbesítés|teslim edilemedi|iletilemedi|退信|无法投递|系统退信|無法傳遞|未傳遞|メールエラー|配信(?:不能|できません|失敗)|送信エラー|配信状況|반송|배달되지|전송 실패|לא נמסר|تعذر/iu;
const bounceOpening =
  /^(?:hi\. this is the (?:qmail|deliver)|this is the (?:mail system|postfix|qmail)|this message was created automatically by (?:the )?mail|this is an automatically generated delivery status|your message (?:did not reach|could not be|was not|to .{1,100} (?:could not|was not|has been))|the following (?:address|recipient|message|error)|i'?m sorry to have to inform|sorry, we were unable|delivery (?:has failed|to the following)|a message that you sent could not|message from yahoo|the original message was received at|this report relates to|i wasn'?t able to deliver|\*\*\* attention|mail could not be delivered|your mail sent on|did not reach the following|.{0,60}(?:could not be|has not been|was not) delivered|.{0,40}送信できません|.{0,40}配信できません|.{0,80}エラーのため|diese nachricht wurde automatisch|ihre nachricht)/im;

export interface BounceFound {
  readonly bounce: Bounce;
  readonly why: string;
}

interface Facts {
  readonly root: Part;
  readonly content: MessageContent;
}

/** A report of the mail system, by RFC 3464 or in prose; null when it is none. */
export function findBounce({ root, content }: Facts): BounceFound | null {
  const status = findPart(root, (part) => statusTypes.has(part.type));
  if (status) {
    const recipients = readDeliveryStatus(decodeBytes(bytesOf(status), 'utf-8').text);
    const explained = recipients.length > 0 ? explain(recipients, content.text) : proseOf(root, content, false);
    return {
      bounce: {
        ...original(root, content),
        recipients: explained,
        readFrom: recipients.length > 0 ? 'delivery-status' : 'prose',
      },
      why: status.type,
    };
  }
  const why = proseSign(root.fields, content);
  if (why === null) return null;
  return {
    bounce: { ...original(root, content), recipients: proseOf(root, content, isDelay(content)), readFrom: 'prose' },
    why,
  };
}

/** Where the machine's part gives no reason, the people's part often does. */
function explain(recipients: readonly BouncedRecipient[], text: string): BouncedRecipient[] {
  return recipients.map((recipient) => {
    if (recipient.reason !== 'unknown' || recipient.action !== 'failed' || recipient.address === '') return recipient;
    const [said] = readProse(text, [recipient.address], new Set(), false);
    if (!said || said.reason === 'unknown') return recipient;
    const isTold = recipient.text !== '' && recipient.text !== recipient.code;
    return {
      ...recipient,
      reason: said.reason,
      permanent: said.permanent,
      code: recipient.code || said.code,
      text: isTold ? recipient.text : said.text,
    };
  });
}

/** Anybody can write "undeliverable" into a subject, and servers write other things than bounces: it takes a sender and a subject or an opening. */
function proseSign(fields: readonly RawField[], content: MessageContent): string | null {
  const failed = firstValue(fields, 'x-failed-recipients');
  if (failed !== '') return 'X-Failed-Recipients';
  if (
    /^multipart\/report/i.test(firstValue(fields, 'content-type')) &&
    /report-type\s*=\s*"?delivery-status/i.test(firstValue(fields, 'content-type'))
  )
    return 'multipart/report';
  const [from = { name: '', address: '' }] = content.from;
  const isMachine =
    machineSender.test(from.address) ||
    noReplySender.test(from.address) ||
    machineName.test(from.name) ||
    hasEmptySender(fields) ||
    (from.address === '' && from.name === '');
  if (!isMachine || firstValue(fields, 'auto-submitted').toLowerCase().startsWith('no')) return null;
  if (bounceSubject.test(content.subject.slice(0, 500))) return `subject of a bounce from ${describe(from)}`;
  return bounceOpening.test(content.text.slice(0, 2_000)) ? `text of a bounce from ${describe(from)}` : null;
}

function describe(from: MailAddress): string {
  return (from.address || from.name || 'nobody').slice(0, 100).toWellFormed();
}

function isDelay(content: MessageContent): boolean {
  const opening = content.text.slice(0, 1_500);
  return (
    /\bdelay(?:ed)?\b|warning: (?:message|could not)|verzögert|vertraagd|retard/i.test(content.subject) ||
    /(?:not need|do not|don.t need|no need) to resend|warning message only|will (?:continue|keep) (?:to )?try|still trying|will be retried|brauchen sie nicht/i.test(
      opening,
    )
  );
}

function proseOf(root: Part, content: MessageContent, delayed: boolean): BouncedRecipient[] {
  const named = allValues(root.fields, 'x-failed-recipients')
    .flatMap((value) => readAddresses([value]))
    .map(({ address }) => address)
    .filter((address) => address !== '');
  const ours = [...content.to, ...content.from].map(({ address }) => address.toLowerCase());
  return readProse(content.text, named, new Set(ours), delayed);
}

type Original = Pick<Bounce, 'originalMessageId' | 'originalIds' | 'originalSubject'>;

/** The message that came back: attached, as headers only, pasted below the text, or merely referenced. */
function original(root: Part, content: MessageContent): Original {
  const attached = findPart(
    root,
    (part) =>
      part !== root &&
      (part.type === 'message/rfc822' ||
        part.type === 'text/rfc822-headers' ||
        part.type === 'message/rfc822-headers' ||
        part.type === 'message/global' ||
        part.type === 'message/global-headers' ||
        part.type === 'text/rfc822'),
  );
  const fields = attached ? headerOf(bytesOf(attached)) : pasted(content.text);
  const own = allValues(fields, 'message-id').flatMap(idsIn).map(normaliseId);
  const chain = [...allValues(fields, 'in-reply-to'), ...allValues(fields, 'references')]
    .flatMap(idsIn)
    .map(normaliseId);
  const referenced = [...content.inReplyTo, ...content.references.toReversed()];
  const ids = unique([...own, ...(own.length > 0 ? [] : referenced), ...chain, ...referenced]);
  return {
    originalMessageId: ids[0] ?? '',
    originalIds: ids.slice(0, 128),
    originalSubject: decodeText(firstValue(fields, 'subject')).trim(),
  };
}

function headerOf(bytes: Buffer): readonly RawField[] {
  return readHeaders(bytes, 0, bytes.length).fields;
}

/** A header in the text, perhaps indented or quoted, found by its Message-ID. */
function pasted(text: string): readonly RawField[] {
  const at = text.search(/^[>\s|]{0,8}message-id\s*:/im);
  if (at === -1) return [];
  const from = Math.max(0, at - 8_000);
  const lines = text
    .slice(from, at + 8_000)
    .split('\n')
    .map((line) => line.replace(/^[>\s|]{0,8}(?=[A-Za-z-]{2,40}\s*:)/, ''));
  const known = lines.findIndex((line) =>
    /^(?:return-path|received|from|to|subject|date|message-id|mime-version|x-[\w-]+)\s*:/i.test(line),
  );
  const block = lines.slice(Math.max(0, known)).join('\n');
  const fields = block.split(/\n\s*\n/).map((part) => headerOf(Buffer.from(part, 'utf8')));
  return fields.find((found) => firstValue(found, 'message-id') !== '') ?? [];
}
