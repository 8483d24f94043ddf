import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, type Options, rateLimit } from 'express-rate-limit';
import { bearerToken, sameSecret, UnauthorizedError } from '../contract/index.ts';

const MINUTE_MS = 60_000;

/** The hub's own API: one token, the operator's. */
export function requireOperator(operatorToken: string): RequestHandler {
  return (request, _response, next) => {
    if (sameSecret(bearerToken(request.headers.authorization), operatorToken)) return next();
    throw new UnauthorizedError('The operator token is missing or wrong', {
      remedy:
        'Send it as "Authorization: Bearer …"; it stands in OPERATOR_TOKEN or in operator.token in the data folder.',
    });
  };
}

/**
 * Slows down whoever tries keys. Only refusals count, per address, and only once they are answered: a PBX that reports a hundred
 * calls at once is no intruder.
 *
 * @param scope counts apart what concerns different things, so that wrong keys for one do not close another behind the same proxy
 */
export function limitRefusals(perMinute: number, scope: (request: Request) => string = () => ''): RequestHandler {
  const refusals = new MemoryStore();
  refusals.init({ windowMs: MINUTE_MS } as Options);
  return async (request, response, next) => {
    const caller = `${ipKeyGenerator(request.ip ?? '')} ${scope(request)}`;
    const seen = await refusals.get(caller);
    if (seen !== undefined && seen.totalHits >= perMinute && (seen.resetTime?.getTime() ?? 0) > Date.now()) {
      response.set('retry-after', String(MINUTE_MS / 1000)).status(429);
      response.json(tooMany('Too many refused requests from this address'));
      return;
    }
    response.once('finish', () => {
      if (response.statusCode === 401) void refusals.increment(caller);
    });
    next();
  };
}

/** A ceiling far above what an honest sender needs, per address. */
export function limitRequests(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    message: tooMany('Too many requests from this address'),
  });
}

function tooMany(message: string) {
  return { error: { code: 'rate-limited', message, remedy: 'Wait a minute, then send more slowly.' } };
}
