import type { RequestHandler } from 'express';

/**
 * A front component runs in a frame without an origin (`Origin: null`; Twenty 2.21, measured), and no cookie is known here, so that origin may
 * read the answer.
 *
 * @param headers names that the component may send, and those that it may read of the answer
 */
export function allowFrontComponents(
  methods: string,
  headers: { readonly sent: string; readonly read?: string },
): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'access-control-allow-origin': 'null',
      'access-control-allow-headers': headers.sent,
      'access-control-allow-methods': methods,
      ...(headers.read === undefined ? {} : { 'access-control-expose-headers': headers.read }),
      'access-control-max-age': '86400',
      'cache-control': 'no-store',
    });
    next();
  };
}
