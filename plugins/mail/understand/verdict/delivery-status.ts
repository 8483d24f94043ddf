import type { BounceAction, BouncedRecipient } from '../understood.ts';
import { addressIn, readReportFields } from './report-fields.ts';
import { codeIn, isPermanent, reasonOf } from './reason.ts';

interface Group {
  original: string;
  final: string;
  action: string;
  status: string;
  diagnostic: string;
}

const maxRecipients = 500;
const actions: ReadonlySet<string> = new Set<BounceAction>(['failed', 'delayed', 'delivered', 'relayed', 'expanded']);

/** The recipients of a message/delivery-status (RFC 3464). Empty lines between groups may be missing, so a repeated field begins a group as well. */
export function readDeliveryStatus(source: string): BouncedRecipient[] {
  const groups: Group[] = [];
  let group: Group | null = null;
  const begin = (): Group => {
    const next = { original: '', final: '', action: '', status: '', diagnostic: '' };
    groups.push(next);
    return next;
  };
  for (const { name, value } of readReportFields(source)) {
    if (name === '') {
      if (group && group.final !== '') group = null;
    } else if (name === 'original-recipient' || name === 'final-recipient' || name === 'x-actual-recipient') {
      const isOriginal = name === 'original-recipient';
      // Either may come first; a second one of its kind belongs to the next recipient.
      const isTaken = isOriginal ? group?.original !== '' : name === 'final-recipient' && group?.final !== '';
      if (!group || isTaken) group = begin();
      if (isOriginal) group.original = addressIn(value);
      else if (name === 'final-recipient' || group.final === '') group.final = addressIn(value);
    } else if (group || ['action', 'status'].includes(name)) {
      group ??= begin();
      if (name === 'action') group.action ||= value.toLowerCase();
      else if (name === 'status') group.status ||= value;
      else if (name === 'diagnostic-code' || name === 'x-display-name')
        group.diagnostic ||= name === 'diagnostic-code' ? value : '';
    }
  }
  return groups.slice(0, maxRecipients).map(recipientOf);
}

function recipientOf({ original, final, action, status, diagnostic }: Group): BouncedRecipient {
  const said = diagnostic.replace(/^\s*(?:smtp|x-[\w-]+)\s*;\s*/i, '').trim();
  const code = moreTelling(codeIn(status), codeIn(said));
  const reason = reasonOf(code, said === '' ? status : said);
  const word = /[a-z]+/.exec(action)?.[0] ?? '';
  const known = actions.has(word) ? (word as BounceAction) : actionOf(code);
  return {
    address: original === '' ? final : original,
    finalAddress: final === '' ? original : final,
    action: known,
    permanent: known === 'failed' && isPermanent(code, reason),
    reason: known === 'failed' || known === 'delayed' ? reason : 'unknown',
    code,
    text: (said === '' ? status : said).slice(0, 1_000).toWellFormed(),
  };
}

/** `5.0.0` says nothing when the other server said `5.1.1`. */
function moreTelling(status: string, said: string): string {
  if (status === '') return said;
  return /^[245]\.[0-7]\.0$/.test(status) && said.includes('.') && !said.endsWith('.0') ? said : status;
}

function actionOf(code: string): BounceAction {
  if (code.startsWith('2')) return 'delivered';
  return code.startsWith('4') ? 'delayed' : 'failed';
}
