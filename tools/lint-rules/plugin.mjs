// The rules of this repository that oxlint does not bring. Plain JavaScript, because the linter loads it by itself.
import { staticLogMessage } from './static-log-message.mjs';

export default {
  meta: { name: 'switchboard' },
  rules: { 'static-log-message': staticLogMessage },
};
