import { outgoingHtml } from './html.ts';
import type { Recipient } from './recipient.ts';
import { escapeHtml } from './template.ts';

/** The earlier mail as it stands below an answer; both empty where nothing is quoted. */
export type Quote = { readonly text: string; readonly html: string };

export const noQuote: Quote = { text: '', html: '' };

/** A mail that is answered. */
export type Earlier = {
  readonly from: Recipient;
  readonly at: Date;
  readonly text: string;
  /** Empty for a mail of plain text. */
  readonly html: string;
};

/** Where and in which language dates are written. */
export type Reader = { readonly locale: string; readonly timeZone: string };

/** What stands above the quote, in words by which mail programs and our own reader know that the rest is not new. */
const attributions = {
  en: { locale: 'en-GB', line: (at: string, who: string) => `On ${at}, ${who} wrote:` },
  de: { locale: 'de', line: (at: string, who: string) => `Am ${at} schrieb ${who}:` },
  nl: { locale: 'nl', line: (at: string, who: string) => `Op ${at} schreef ${who}:` },
} as const;

/** A conversation carries all that came before: more helps nobody, and mail has a limit. */
const LONGEST_TEXT = 32 * 1024;
const LONGEST_HTML = 128 * 1024;

export function quoteOf({ from, at, text, html }: Earlier, { locale, timeZone }: Reader): Quote {
  const { locale: written, line } = attributions[languageOf(locale)];
  const moment = new Intl.DateTimeFormat(written, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at);
  const who = from.name === '' ? from.address : `${from.name} <${from.address}>`;
  const attribution = line(moment, who);
  const shortened = shorten(text);
  if (shortened.trim() === '') return noQuote;
  const body = html === '' || html.length > LONGEST_HTML ? asHtml(shortened) : outgoingHtml(html);
  return {
    text: `${attribution}\n${shortened.split('\n').map(quoted).join('\n')}\n`,
    html: `<div>${escapeHtml(attribution)}</div><blockquote type="cite">${body}</blockquote>`,
  };
}

function languageOf(locale: string): keyof typeof attributions {
  const language = locale.slice(0, 2).toLowerCase();
  return language === 'de' || language === 'nl' ? language : 'en';
}

function shorten(text: string): string {
  const clean = text.replaceAll(/\r\n?/g, '\n').trimEnd();
  if (clean.length <= LONGEST_TEXT) return clean;
  return `${clean.slice(0, clean.lastIndexOf('\n', LONGEST_TEXT)).toWellFormed()}\n[…]`;
}

/** No space after the mark where there is one already: so the depth of a quote stays countable. */
function quoted(line: string): string {
  return line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`;
}

function asHtml(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}

/** What goes out: the earlier mail comes last, so that whoever reads has the answer in front of the eyes. */
export function withQuote(
  { text, html }: { readonly text: string; readonly html: string },
  quote: Quote,
): { readonly text: string; readonly html: string } {
  return {
    text: quote.text === '' ? text : `${text.trimEnd()}\n\n${quote.text}`,
    html: html === '' || quote.html === '' ? html : `${html}<br>${quote.html}`,
  };
}
