import { htmlAsText, outgoingHtml } from './html.ts';
import { escapeHtml, type FieldValues, renderHtml, renderText } from './template.ts';

export type Body = {
  readonly text: string;
  /** Empty for a mail of plain text. */
  readonly html: string;
  /** Fields without a value. */
  readonly empty: readonly string[];
  /** Fields that do not exist. */
  readonly unknown: readonly string[];
};

/** The text of a mail with its fields filled in and the signature below; from HTML also the plain text that goes along. */
export function bodyOf(
  { text, html }: { readonly text: string; readonly html: string },
  signature: string,
  values: FieldValues,
): Body {
  const below = renderText(signature, values);
  const written = html.trim() === '' ? renderText(text, values) : renderHtml(html, values);
  const empty = [...written.empty, ...below.empty];
  const unknown = [...written.unknown, ...below.unknown];
  const sign = below.text.trim();
  if (html.trim() === '') return { text: withSignature(written.text.trimEnd(), sign), html: '', empty, unknown };
  const clean = outgoingHtml(written.text);
  const signed = sign === '' ? clean : `${clean}<br>-- <br>${escapeHtml(sign).replaceAll('\n', '<br>')}`;
  return { text: withSignature(htmlAsText(clean), sign), html: signed, empty, unknown };
}

/** Two dashes and a space: mail programs recognise what follows as a signature and leave it out of answers. */
function withSignature(text: string, signature: string): string {
  return signature === '' ? `${text}\n` : `${text}\n\n-- \n${signature}\n`;
}
