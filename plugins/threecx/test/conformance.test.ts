import { describePlugin } from '@switchboard/testing/conformance';
import { plugin } from '../plugin.ts';
import { KEY } from './fake-context.ts';
import { post } from './fixtures.ts';

const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

describePlugin({
  plugin,
  config: { apiKey: KEY },
  deliveries: [
    { path: '/call', headers, body: JSON.stringify(post) },
    {
      path: '/chat',
      headers,
      body: JSON.stringify({ email: 'anna@example.com', agent: '102', startUtc: post.startUtc, messages: 'Hello' }),
    },
  ],
});
