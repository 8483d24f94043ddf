import sanitize from 'sanitize-html';
import { cleaned } from './clean.ts';
import { isTooDeep } from './shallow.ts';

const maxHtmlBytes = 256 * 1024;
const maxLinks = 5_000;
const maxDataImage = 128 * 1024;

const tags = (
  'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer ' +
  'h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead ' +
  'time tr tt u ul var wbr'
).split(' ');

const styleName =
  /^(?:color|background|background-color|font|font-family|font-size|font-style|font-weight|font-variant|line-height|letter-spacing|word-spacing|word-break|word-wrap|overflow-wrap|white-space|text-[a-z-]+|vertical-align|direction|unicode-bidi|display|float|clear|width|height|max-width|max-height|min-width|min-height|margin|margin-[a-z]+|padding|padding-[a-z]+|border|border-[a-z-]+|list-style|list-style-type|table-layout|caption-side|empty-cells|opacity|visibility|text-decoration)$/;
// `\` hides names from this list, `url` and `image-set` fetch, `expression` and `behavior` ran scripts in old browsers, `var` reaches outside.
const styleDanger = /url|image|expression|behavio|binding|@|\\|<|var\(|attr\(|javascript|\/\*/i;

export interface SanitiseOptions {
  /** The content ids that `src` may name: by id, by location or by file name, each to the id. */
  readonly images: ReadonlyMap<string, string>;
}

/**
 * HTML fit for a sandboxed frame: no script, form, frame, position or remote fetch. Remote images carry `data-remote-src`, for a reader who asks for them;
 * images of the message are `cid:ID`. null when it is too large, or nested too deep, to be shown.
 */
export function sanitiseHtml(html: string, options: SanitiseOptions): string | null {
  if (html.length > maxHtmlBytes || hasTooManyLinks(html) || isTooDeep(html)) return null;
  const safe = sanitize(html, {
    allowedTags: tags,
    allowedAttributes: {
      '*': [
        'style',
        'dir',
        'lang',
        'align',
        'valign',
        'bgcolor',
        'width',
        'height',
        'title',
        'role',
        'aria-label',
        'aria-hidden',
      ],
      a: ['href', 'name', 'rel', 'target'],
      img: ['src', 'alt', 'border', 'data-remote-src', 'hspace', 'vspace'],
      table: ['border', 'cellpadding', 'cellspacing', 'summary'],
      td: ['colspan', 'rowspan', 'nowrap'],
      th: ['colspan', 'rowspan', 'nowrap', 'scope'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
      ul: ['type'],
      li: ['value'],
      col: ['span'],
      colgroup: ['span'],
      blockquote: ['type'],
      time: ['datetime'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'cid'],
    allowedSchemesByTag: { img: ['cid', 'data'], a: ['http', 'https', 'mailto', 'tel'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'head',
      'xml',
      'svg',
      'math',
      'template',
      'object',
      'iframe',
    ],
    parseStyleAttributes: false,
    nestingLimit: 200,
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: withSafeStyle(attribs) }),
      a: (tagName, attribs) => ({
        tagName,
        attribs: { ...withSafeStyle(attribs), rel: 'noopener noreferrer nofollow', target: '_blank' },
      }),
      img: (tagName, attribs) => ({ tagName, attribs: withSafeSource(withSafeStyle(attribs), options.images) }),
    },
  });
  return cleaned(safe).trim();
}

function hasTooManyLinks(html: string): boolean {
  let count = 0;
  for (const _ of html.matchAll(/<a\s/gi)) {
    count += 1;
    if (count > maxLinks) return true;
  }
  return false;
}

function withSafeStyle(attribs: Record<string, string>): Record<string, string> {
  const style = attribs['style'];
  if (style === undefined) return attribs;
  const { style: _, ...rest } = attribs;
  const safe = safeStyle(style);
  return safe === '' ? rest : { ...rest, style: safe };
}

function safeStyle(style: string): string {
  return style
    .slice(0, 4_000)
    .split(';')
    .map((declaration) => {
      const colon = declaration.indexOf(':');
      return colon === -1
        ? null
        : { name: declaration.slice(0, colon).trim().toLowerCase(), value: declaration.slice(colon + 1).trim() };
    })
    .filter(
      (declaration) =>
        declaration !== null &&
        styleName.test(declaration.name) &&
        declaration.value !== '' &&
        !styleDanger.test(declaration.value),
    )
    .map((declaration) => `${declaration?.name}:${declaration?.value}`)
    .join(';');
}

function withSafeSource(attribs: Record<string, string>, images: ReadonlyMap<string, string>): Record<string, string> {
  const { src = '', 'data-remote-src': _, ...rest } = attribs;
  const source = src.trim();
  const own = images.get(source) ?? images.get(source.replace(/^cid:/i, ''));
  if (own !== undefined) return { ...rest, src: `cid:${own}` };
  if (/^https?:\/\//i.test(source)) return { ...rest, 'data-remote-src': source };
  if (source.startsWith('//')) return { ...rest, 'data-remote-src': `https:${source}` };
  if (source.length <= maxDataImage && /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[a-z0-9+/=\s]+$/i.test(source))
    return { ...rest, src: source };
  return rest;
}
