import { definePlugin } from '../../core/contract/index.ts';
import { plugin as threecx } from '../../plugins/threecx/plugin.ts';
import { serveHub } from '../serve-hub.ts';

const cases = definePlugin({
  id: 'cases',
  contract: 1,
  name: 'Cases',
  summary: 'Reads the cases, as a service desk does.',
  config: threecx.config.pick({}),
  mirrors: [{ object: 'serviceCase', fields: ['name', 'subject', 'status', 'number'], search: ['name', 'subject'] }],
  check: () => Promise.resolve([]),
});

serveHub([threecx, cases]);
