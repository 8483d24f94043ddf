import { afterAll, afterEach, beforeEach } from '@jest/globals';
import nock from 'nock';

const thisMachine = /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/;

/** Only this file imports nock, so that these two rules hold everywhere. */
export interface HttpMock {
  /** Expect requests to this origin: `mock.on('https://api.example.com').get('/x').reply(200, {})`. */
  readonly on: (origin: string) => nock.Scope;
}

/**
 * Stands in for vendors over HTTP in the tests of this file. A request nobody expected fails the test, and so does an expectation
 * that no request met. This machine's own addresses stay open, for the hub and the stand-ins.
 */
export function useHttpMock(): HttpMock {
  const unexpected: string[] = [];
  const note = (request: {
    method?: string;
    options?: { host?: string; path?: string };
    host?: string;
    path?: string;
    url?: string;
  }) => {
    // Told of requests to this machine, too, once something else is mocked.
    if (thisMachine.test(request.url ?? '')) return;
    const { host, path } = request.options ?? request;
    unexpected.push(`${request.method ?? 'GET'} ${host ?? ''}${path ?? ''}`);
  };

  beforeEach(() => {
    unexpected.length = 0;
    nock.disableNetConnect();
    nock.enableNetConnect(/^(127\.0\.0\.1|localhost)(:\d+)?$/);
    nock.emitter.on('no match', note);
  });

  afterEach(() => {
    nock.emitter.off('no match', note);
    const pending = nock.pendingMocks();
    nock.cleanAll();
    if (unexpected.length > 0)
      throw new Error(`Requests that no mock expected: ${unexpected.join(', ')}. Add mock.on(origin)… for each.`);
    if (pending.length > 0)
      throw new Error(
        `Mocks that no request met: ${pending.join(', ')}. Remove them, or find out why the code does not call.`,
      );
  });

  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  return { on: (origin) => nock(origin) };
}
