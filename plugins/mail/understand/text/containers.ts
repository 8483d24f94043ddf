import type { LineMark } from './line.ts';

/** Class names, ids and attributes by which mail clients mark what is not the reply. `x_` is what Outlook puts before names it copies. */
const quoteName = new RegExp(
  `^(?:x_)*(?:${[
    'yahoo_quoted',
    'yahoo-quoted',
    'yqt\\d+',
    'protonmail_quote',
    'tutanota_quote',
    'zmail_extra',
    'mail-quote-collapse',
    'mail-app-auto-quote',
    'isreplycontent',
    'appendonsend',
    'divrplyfwdmsg',
    'mail-editor-reference-message-container',
    'ms-outlook-mobile-reference-message',
    'olk_src_body_section',
    'gwquote',
    'front-blockquote',
    'missive_quote',
    'freshdesk_quote',
    'helpscout_quote',
    'hs_reply',
    'aolreplacedbody',
    'aol_quote',
    'replybody',
    'originalcontent',
    '_originalcontent',
    'quoted_message',
    'messagereplysection',
    'reply-intro',
    'wmquote',
    'mailmate_quote',
    'ntes_quote',
    'quotedtext',
    'composer-quoted',
    'history_container',
    'edit-quote',
    'moz-email-headers-table',
    'skyquote',
  ].join('|')})$`,
  'i',
);
/** These stand before the quote and have no content of their own: all that follows is quote. */
const quoteToTheEnd =
  /^(?:x_)*(?:divrplyfwdmsg|appendonsend|ms-outlook-mobile-reference-message|mail-editor-reference-message-container|zwchr|stopspelling)$/i;
const attributionName =
  /^(?:x_)*(?:gmail_attr|moz-cite-prefix|airmail_on|gmail_default_attr|gwcite|mail-quote-header|protonmail_quote_header)$/i;
const signatureName =
  /^(?:x_)*(?:gmail_signature|moz-signature|moz-txt-sig|applemailsignature|ms-outlook-mobile-signature|protonmail_signature_block(?:-user|-proton)?|tutanota_signature|signature|messagesignaturesection|ymail_android_signature|yahoo_signature|zm-_id_-sgn|spnEditorSign|mail-signature|bbsig|_bbsig|hs_signature|front-signature|mobile_signature|composer_signature|spark_signature)$/i;
const forwardName = /^(?:x_)*(?:moz-forward-container)$/i;

export interface ContainerKind {
  readonly mark: LineMark;
  /** From here to the end of the document. */
  readonly toTheEnd: boolean;
}

/** Whether any container or quote may be in it: a cheap look, so that only such HTML is read for its quotes. */
export function mayMarkQuotes(html: string): boolean {
  return /<blockquote|quote|signature|gmail_|rplyfwd|appendonsend|zwchr|reference-message|replysection|originalcontent|cite|airmail|data-marker|border-top:\s*solid/i.test(
    html,
  );
}

/** What a tag says about the text in it; null for nothing. */
export function containerOf(tag: string, attributes: Readonly<Record<string, string>>): ContainerKind | null {
  const names = [
    ...(attributes['class'] ?? '').split(/\s+/),
    attributes['id'] ?? '',
    attributes['name'] ?? '',
    attributes['data-marker'] ?? '',
  ];
  if (names.some((name) => forwardName.test(name))) return null;
  if (names.some((name) => attributionName.test(name))) return { mark: 'attribution', toTheEnd: false };
  if (
    names.some((name) => signatureName.test(name)) ||
    attributes['data-smartmail'] === 'gmail_signature' ||
    names.includes('__SIG_POST__')
  ) {
    return { mark: 'signature', toTheEnd: false };
  }
  if (names.some((name) => quoteToTheEnd.test(name))) return { mark: 'quote', toTheEnd: true };
  if (names.some((name) => quoteName.test(name)) || names.includes('__QUOTED_TEXT__'))
    return { mark: 'quote', toTheEnd: false };
  // GMX and web.de.
  if (tag === 'div' && attributes['name'] === 'quote') return { mark: 'quote', toTheEnd: false };
  return null;
}
