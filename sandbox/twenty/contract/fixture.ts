import { randomUUID } from 'node:crypto';
import { test } from '@jest/globals';
import { type Client, createClient } from './client.ts';
import { type ObjectName, type Records, recordsOf } from './records.ts';
import { type Release, releaseAll } from './releases.ts';
import { publishedRun, type Run } from './published-run.ts';

export const company: ObjectName = { singular: 'company', plural: 'companies' };
export const person: ObjectName = { singular: 'person', plural: 'people' };

export type Fixture = Run & {
  /** The API key; waits when it meets the rate limit. */
  key: Client;
  /** The admin's user token, if there is one. */
  user: Client | undefined;
  /** For tests that are not about who calls: the user token where there is one, because it has no rate limit. */
  client: Client;
  /** The run's own object, called by `client`. */
  things: Records;
  withToken(token?: string): Client;
  /** A new id for a record of a standard object, destroyed when the test file ends. */
  own(object: ObjectName): string;
  /** Runs when the test file ends, also after failures; last registered first. */
  onClose(release: Release): void;
  close(): Promise<void>;
};

export function openFixture(): Fixture {
  const run = publishedRun();
  const { target, thing, userToken, origin } = run;
  const { url } = target;
  const key = createClient({ url, token: target.apiKey, patient: true });
  const user = userToken ? createClient({ url, token: userToken, origin }) : undefined;
  const client = user ?? key;
  const releases: Release[] = [];
  const onClose = (release: Release) => void releases.push(release);

  return {
    ...run,
    key,
    user,
    client,
    things: recordsOf(client, thing),
    withToken: (token) => createClient({ url, ...(token && { token }) }),
    own(object) {
      const id = randomUUID();
      onClose(() => recordsOf(key, object).destroy(id));
      return id;
    },
    onClose,
    close: () => releaseAll(releases),
  };
}

/** `test` where the condition holds; elsewhere a skipped test whose name says why. */
export function testWhen(
  condition: boolean,
  reason: string,
): (name: string, body: () => Promise<void>, timeoutMs?: number) => void {
  if (condition) return test;
  // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- what a server does not offer cannot be tested on it
  return (name, body) => test.skip(`${name} [skipped: ${reason}]`, body);
}

export const needsUser = 'set TWENTY_ADMIN_EMAIL and TWENTY_ADMIN_PASSWORD';
export const needsExpendable = 'changes the workspace for good: set TWENTY_EXPENDABLE=1 on a server made for testing';
