import { describe, expect, test } from '@jest/globals';
import { addUp, describeResult, type JestReport, readReport } from '../test-run/summary.ts';

const report: JestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 0,
  testResults: [
    {
      assertionResults: [
        { status: 'passed', fullName: 'counts' },
        { status: 'pending', fullName: 'runs on Redis (skipped: not installed)' },
      ],
    },
  ],
};

describe('the result of a run', () => {
  test('counts a file that could not be loaded as failed', () => {
    expect(readReport({ ...report, numRuntimeErrorTestSuites: 2 }, 1).failed).toBe(3);
  });

  test('is a failure when jest says so, whatever the tests say', () => {
    expect(readReport({ ...report, numFailedTests: 0 }, 1).failed).toBe(1);
    expect(readReport({ ...report, numFailedTests: 0 }, 0).failed).toBe(0);
  });

  test('is a failure when jest ended without a report', () => {
    expect(readReport(undefined, null)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });

  test('ends with the counts of all runs, after the names of what was skipped', () => {
    const total = addUp([readReport(report, 1), { passed: 4, failed: 0, skipped: [] }]);
    expect(describeResult(total).split('\n').slice(-2)).toEqual([
      'skipped: runs on Redis (skipped: not installed)',
      '7 passed, 1 failed, 1 skipped',
    ]);
  });

  test('does not speak of skipped tests when there are none', () => {
    expect(describeResult({ passed: 2, failed: 0, skipped: [] }).split('\n').at(-1)).toBe('2 passed, 0 failed');
  });
});
