/** NFC without NUL and lone surrogates: PostgreSQL refuses both, and JSON the latter. */
export function cleaned(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  const noNul = wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '') : wellFormed;
  return /[\u0300-\uffff]/.test(noNul) ? noNul.normalize('NFC') : noNul;
}

/** Lines ended by `\n`, whatever ended them. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r+\n?/g, '\n') : text;
}
