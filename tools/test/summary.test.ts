import { describe, expect, test } from '@jest/globals';
import { settle, worthOnceMore } from '../test-run/once-more.ts';
import { addUp, describeResult, type JestReport, readReport, type Result } from '../test-run/summary.ts';

const report: JestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 0,
  testResults: [
    {
      name: '/queue/test/lanes.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'counts' },
        { status: 'failed', fullName: 'keeps the order' },
        { status: 'pending', fullName: 'runs on Redis (skipped: not installed)' },
      ],
    },
  ],
};

const nothing: Result = { passed: 0, failed: 0, skipped: [], failedFiles: [], flaky: [] };

describe('the result of a run', () => {
  test('counts a file that could not be loaded as failed', () => {
    expect(readReport({ ...report, numRuntimeErrorTestSuites: 2 }, 1).failed).toBe(3);
  });

  test('is a failure when jest says so, whatever the tests say', () => {
    expect(readReport({ ...report, numFailedTests: 0 }, 1).failed).toBe(1);
    expect(readReport({ ...report, numFailedTests: 0 }, 0).failed).toBe(0);
  });

  test('is a failure when jest ended without a report', () => {
    expect(readReport(undefined, null)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('ends with the counts of all runs, after the names of what was skipped', () => {
    const total = addUp([readReport(report, 1), { ...nothing, passed: 4 }]);
    expect(describeResult(total).split('\n').slice(-2)).toEqual([
      'skipped: runs on Redis (skipped: not installed)',
      '7 passed, 1 failed, 1 skipped',
    ]);
  });

  test('does not speak of skipped tests when there are none', () => {
    expect(
      describeResult({ ...nothing, passed: 2 })
        .split('\n')
        .at(-1),
    ).toBe('2 passed, 0 failed');
  });
});

describe('a few files that failed', () => {
  const first = readReport(report, 1);

  test('are run once more, and pass as flaky', () => {
    expect(worthOnceMore(first).map(({ path }) => path)).toEqual(['/queue/test/lanes.test.ts']);
    const settled = settle(first, { ...nothing, passed: 2 });
    expect(describeResult(settled).split('\n').slice(-2)).toEqual([
      'flaky, passed only by itself, to be mended: keeps the order',
      '4 passed, 0 failed, 1 skipped',
    ]);
  });

  test('stay failed when they fail again', () => {
    expect(settle(first, { ...nothing, passed: 1, failed: 1 })).toEqual(first);
  });

  test('are named by their path when they could not be loaded', () => {
    const broken = { ...first, failedFiles: [{ path: '/queue/test/gone.test.ts', failed: [], passed: 0 }] };
    expect(settle(broken, { ...nothing, passed: 1 }).flaky).toEqual(['/queue/test/gone.test.ts']);
  });

  test('are not tried again when they are many, or when the run broke elsewhere', () => {
    const many = Array.from({ length: 4 }, (_, index) => ({ path: `${index}`, failed: [], passed: 0 }));
    expect(worthOnceMore({ ...first, failedFiles: many })).toEqual([]);
    expect(worthOnceMore(readReport(undefined, null))).toEqual([]);
  });
});
