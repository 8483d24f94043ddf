import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
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

/** Slows down whoever tries keys: refusals are counted per address, what is accepted is not. */
export function limitRefusals(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit: perMinute,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    message: tooMany('Too many refused requests from this address'),
  });
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
