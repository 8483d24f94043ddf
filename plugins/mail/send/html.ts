import sanitizeHtml from 'sanitize-html';
import { htmlLines } from '../understand/text/html.ts';
import { joinLines } from '../understand/text/line.ts';

/** What mail programs show alike. Nothing that runs, loads or reaches out by itself; images come as attachments. */
const rules: sanitizeHtml.IOptions = {
  allowedTags: (
    'a abbr b blockquote br code div em h1 h2 h3 h4 hr i li ol p ' +
    'pre s small span strong sub sup table tbody td tfoot th thead tr u ul'
  ).split(' '),
  allowedAttributes: {
    a: ['href', 'title'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    '*': ['style', 'dir', 'lang'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedStyles: {
    '*': {
      color: [/^(#[0-9a-f]{3,8}|[a-z]{3,20})$/i],
      'background-color': [/^(#[0-9a-f]{3,8}|[a-z]{3,20})$/i],
      'font-weight': [/^(bold|normal|[1-9]00)$/],
      'font-style': [/^(italic|normal)$/],
      'text-decoration': [/^(underline|line-through|none)$/],
      'text-align': [/^(left|right|center|justify)$/],
    },
  },
};

/** What an author wrote, as it may leave the house. */
export function outgoingHtml(html: string): string {
  return sanitizeHtml(html, rules);
}

export function htmlAsText(html: string): string {
  return joinLines(htmlLines(html)).trim();
}
