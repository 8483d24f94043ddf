/** text/enriched and text/richtext (RFC 1896, 1341) without their marks. */
export function enrichedToText(source: string, isRichtext: boolean): string {
  const text = source
    .replaceAll(/<param>[^<]*<\/param>/gi, '')
    .replaceAll(/<nl>/gi, '\n')
    .replaceAll(/<lt>/gi, '\u0001')
    .replaceAll(/<\/?[a-z][a-z0-9-]{0,60}>/gi, '')
    .replaceAll('<<', '<')
    .replaceAll('\u0001', '<');
  // In enriched text one line end is a space and n of them are n - 1.
  return isRichtext ? text : text.replaceAll(/\n+/g, (feeds) => (feeds.length === 1 ? ' ' : feeds.slice(1)));
}
