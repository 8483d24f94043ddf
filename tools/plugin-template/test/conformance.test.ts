import { afterAll } from '@jest/globals';
import { describePlugin } from '@switchboard/testing/conformance';
import { plugin } from '../plugin.ts';
import { headers, notice, settings, startVendor } from './vendor.ts';

const vendor = await startVendor();
afterAll(vendor.close);

describePlugin({
  plugin,
  config: { url: vendor.url, ...settings },
  deliveries: [{ path: '/ticket', headers, body: notice('2026-01-05T08:00:00Z') }],
});
