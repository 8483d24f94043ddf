import { describePlugin } from '@switchboard/testing/conformance';
import { plugin } from '../plugin.ts';

describePlugin({
  plugin,
  config: { engines: '3cx', openaiKey: 'sk-of-nobody', compatibleKey: 'of-nobody' },
  deliveries: [],
});
