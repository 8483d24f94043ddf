export default {
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/.data/', '/sandbox/twenty/contract/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/testing/jest-transform.mjs' },
  injectGlobals: false,
  coverageProvider: 'v8',
  workerIdleMemoryLimit: '512MB',
  testTimeout: 30_000,
};
