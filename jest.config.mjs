export default {
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.data/', '/sandbox/twenty/contract/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/testing/jest-transform.mjs' },
  globalSetup: '<rootDir>/testing/global-setup.mjs',
  globalTeardown: '<rootDir>/testing/global-teardown.mjs',
  injectGlobals: false,
  coverageProvider: 'v8',
  workerIdleMemoryLimit: '512MB',
  // Only what fails waits so long: a loaded machine must not make a failure of what is slow.
  testTimeout: 120_000,
};
