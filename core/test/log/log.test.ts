import { expect, test } from '@jest/globals';
import { CredentialsError } from '../../contract/errors.ts';
import { createLog } from '../../log/index.ts';

function capture(format: 'json' | 'pretty', level: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const log = createLog({ level, format, stream: { write: (line: string) => void lines.push(line) } });
  return { log, text: () => lines.join('') };
}

test('secrets never reach the log, whichever way they come', () => {
  const { log, text } = capture('json');
  const secret = 'hunter2';
  log.info({ password: secret, config: { apiKey: secret, url: 'https://crm.example.com' } }, 'configured');
  log.info(
    { req: { headers: { authorization: `Bearer ${secret}`, cookie: secret, 'set-cookie': secret } } },
    'request',
  );
  log.child({ tenant: 'acme' }).error({ settings: { token: secret, clientSecret: secret } }, 'failed');
  log.error(
    { err: Object.assign(new Error('refused'), { config: { headers: { deep: { authorization: secret } } } }) },
    'failed',
  );
  expect(text()).not.toContain(secret);
  expect(text()).toContain('https://crm.example.com');
});

test('an error is logged with what the operator needs, causes included', () => {
  const { log, text } = capture('json');
  const cause = Object.assign(new Error('connection reset'), { code: 'ECONNRESET' });
  log.error(
    { err: new CredentialsError('Twenty refuses the key', { remedy: 'Enter a new key.', cause }) },
    'check failed',
  );
  expect(JSON.parse(text())).toMatchObject({
    level: 50,
    msg: 'check failed',
    err: { type: 'CredentialsError', code: 'credentials', remedy: 'Enter a new key.', cause: { code: 'ECONNRESET' } },
  });
});

test('a child logger names tenant, plugin and job on every line', () => {
  const { log, text } = capture('json');
  log.child({ tenant: 'acme', plugin: 'threecx' }).child({ job: '1' }).info({ count: 2 }, 'done');
  expect(JSON.parse(text())).toMatchObject({ tenant: 'acme', plugin: 'threecx', job: '1', count: 2, msg: 'done' });
});

test('less important lines than the level asks for are left out', () => {
  const { log, text } = capture('json');
  log.debug({}, 'detail');
  expect(text()).toBe('');
});
