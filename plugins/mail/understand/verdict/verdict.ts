import type { Bounce, FeedbackReport, MailingList, MessageContent, ReadReceipt, Verdict } from '../understood.ts';
import type { Part } from '../mime/tree.ts';
import { findBounce } from './bounce.ts';
import { findFeedback, findReceipt } from './reports.ts';
import { automaticSender, autoReplySign, listSign, readList, suppressesAnswers } from './signs.ts';

export interface Judged {
  readonly verdict: Verdict;
  readonly bounce: Bounce | null;
  readonly feedback: FeedbackReport | null;
  readonly receipt: ReadReceipt | null;
  readonly list: MailingList | null;
  readonly answerUnwelcome: boolean;
}

/** Bounce, report, automatic answer, bulk, human: the first that fits. */
export function judge(root: Part, content: MessageContent): Judged {
  const feedback = findFeedback(root);
  const receipt = findReceipt(root);
  const found = feedback || receipt ? null : findBounce({ root, content });
  const bounce = found?.bounce ?? null;
  const verdict = decide(root, content, { feedback, receipt, bounce, why: found?.why ?? '' });
  return {
    verdict,
    bounce,
    feedback,
    receipt,
    list: readList(root.fields),
    answerUnwelcome: verdict.kind !== 'human' || suppressesAnswers(root.fields),
  };
}

interface Reports {
  readonly feedback: FeedbackReport | null;
  readonly receipt: ReadReceipt | null;
  readonly bounce: Bounce | null;
  readonly why: string;
}

function decide(root: Part, content: MessageContent, { feedback, receipt, bounce, why }: Reports): Verdict {
  if (bounce?.recipients.some(({ action }) => action === 'failed')) return { kind: 'bounce', why };
  if (bounce) return { kind: 'report', why: `${why}: ${bounce.recipients[0]?.action ?? 'no recipients'}` };
  if (feedback) return { kind: 'report', why: 'message/feedback-report' };
  if (receipt) return { kind: 'report', why: 'message/disposition-notification' };
  const automatic = autoReplySign(root.fields, content.subject);
  if (automatic !== null) return { kind: 'auto-reply', why: automatic };
  const list = listSign(root.fields);
  if (list !== null) return { kind: 'bulk', why: list };
  const sender = automaticSender(root.fields, content.from);
  if (sender !== null) return { kind: 'auto-reply', why: sender };
  return { kind: 'human', why: 'no sign of a machine' };
}
