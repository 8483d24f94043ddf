import { GraphqlError } from '../errors.ts';
import { checkJson, checkText } from './scalars.ts';

type Link = { url: string | null; label: string | null };

/** All parts: every write replaces the whole composite, and what has no URL is dropped (Twenty 2.21, measured). */
export function coerceLinks(field: string, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const primary = linkOf(field, value['primaryLinkUrl'], value['primaryLinkLabel']);
  const list = checkJson(`${field}.secondaryLinks`, value['secondaryLinks'] ?? []);
  const secondary = (Array.isArray(list) ? list : [])
    .map((item: { url?: unknown; label?: unknown }) => linkOf(field, item.url, item.label))
    .filter((link) => link.url !== null);
  const [first, ...others] = primary.url === null ? secondary : [primary, ...secondary];
  return {
    primaryLinkUrl: first?.url ?? null,
    primaryLinkLabel: first?.label ?? null,
    secondaryLinks: others.length === 0 ? null : others,
  };
}

function linkOf(field: string, url: unknown, label: unknown): Link {
  const text = (name: string, value: unknown) =>
    value === undefined || value === null || value === '' ? null : checkText(`${field}.${name}`, value, 'data');
  const address = text('primaryLinkUrl', url);
  return { url: address === null ? null : normaliseUrl(address), label: text('primaryLinkLabel', label) };
}

/** With a scheme the origin is lower-cased and a trailing slash dropped; without one the text is kept as sent. */
function normaliseUrl(url: string): string {
  const hasScheme = /^https?:\/\//i.test(url);
  const parsed = URL.parse(hasScheme ? url : `https://${url}`);
  if (parsed === null || /\s/.test(url) || !/^[^.\s]+(\.[^.\s]+)+$|^localhost$/.test(parsed.hostname)) {
    throw new GraphqlError('The URL of the link is not valid', 'BAD_USER_INPUT', {
      subCode: 'INVALID_URL',
      userFriendlyMessage: 'Invalid URL format.',
    });
  }
  if (!hasScheme) return url;
  return `${parsed.origin}${url.replace(/^https?:\/\/[^/?#]*/i, '')}`.replace(/\/$/, '');
}
