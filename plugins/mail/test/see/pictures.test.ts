import { expect, test } from '@jest/globals';
import { withOwnPictures, withRemotePictures } from '../../see/pictures.ts';

const png = { bytes: Buffer.from('89504e47', 'hex'), mimeType: 'image/png' };
const { signal } = new AbortController();

test('pictures of the message become part of the page; what is no picture and what is missing leaves no address behind', () => {
  const html = '<img src="cid:logo&amp;1" alt="Logo"><img src="cid:page"><img src="cid:gone">';
  const page = withOwnPictures(html, (id) => ({ 'logo&1': png, page: { ...png, mimeType: 'text/html' } })[id]);
  expect(page).toBe('<img src="data:image/png;base64,iVBORw==" alt="Logo"><img><img>');
});

test('pictures that lie elsewhere are fetched by the hub, once each and over https', async () => {
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url);
    return url.endsWith('missing') ? undefined : png;
  };
  const html =
    '<img data-remote-src="http://a.example.com/x?y=1&amp;z=2"><img data-remote-src="http://a.example.com/x?y=1&amp;z=2">' +
    '<img data-remote-src="https://a.example.com/missing"><img data-remote-src="ftp://a.example.com/file">';
  const page = await withRemotePictures(html, fetch, signal);
  expect(asked).toEqual(['https://a.example.com/x?y=1&z=2', 'https://a.example.com/missing']);
  expect(page.match(/ src="data:image\/png;base64,iVBORw=="/g)).toHaveLength(2);
  expect(page).not.toMatch(/ src="(?:https?|ftp):/);
});

test('what claims to be a picture and is something else is left out', async () => {
  const html = '<img data-remote-src="https://a.example.com/x">';
  expect(await withRemotePictures(html, async () => ({ ...png, mimeType: 'image/svg+xml' }), signal)).toBe(html);
});
