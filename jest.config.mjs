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
  testTimeout: 30_000,
};
