import { createRequire } from 'node:module';
import { basename } from 'node:path';

const require = createRequire(import.meta.url);
const { default: Sequencer } = require('@jest/test-sequencer');

/** By name, with the rate limit last: it empties the workspace's bucket, which every other file draws from. */
export default class ContractSequencer extends Sequencer {
  sort(tests) {
    const rank = (test) => (basename(test.path).startsWith('rate-limit') ? `~${test.path}` : test.path);
    return [...tests].sort((left, right) => (rank(left) < rank(right) ? -1 : 1));
  }
}
