import { fileURLToPath } from 'node:url';

export default {
  rootDir: fileURLToPath(new URL('../../..', import.meta.url)),
  testMatch: ['<rootDir>/sandbox/twenty/contract/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/testing/jest-transform.mjs' },
  injectGlobals: false,
  globalSetup: '<rootDir>/sandbox/twenty/contract/global-setup.mjs',
  globalTeardown: '<rootDir>/sandbox/twenty/contract/global-teardown.mjs',
  testSequencer: '<rootDir>/sandbox/twenty/contract/sequencer.mjs',
  // One after the other: the files share the rate limit and the webhooks of one workspace.
  maxWorkers: 1,
  // An API key that has used up its bucket gets one operation per 600 ms.
  testTimeout: 120_000,
};
