/** `[#1234]` or `[C-000123]` anywhere in the subject, as we put it there. */
const tag = /\[#?\s*([A-Za-z]{0,3}-?\d{1,12})\s*\]/;

/** The number of the case that a subject names, as it is written there; empty without one. */
export function numberInSubject(subject: string): string {
  return tag.exec(subject)?.[1] ?? '';
}

/** The subject with the number of its case, once. */
export function withNumber(subject: string, number: string): string {
  if (number === '' || numberInSubject(subject) === number) return subject;
  return `${subject} [${number}]`.trim();
}

/** Marks of a reply in the languages of the big clients. */
const replyMark = /^\s*(?:re|aw|antw|sv|odp|ynt|vs|r|rif|res|回复|返信)\s*(?:\[\d+\])?\s*[:：]/iu;

/** `Re: …`, once. */
export function asReply(subject: string): string {
  return replyMark.test(subject) ? subject : `Re: ${subject}`;
}
