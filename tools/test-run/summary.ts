/** What we read of jest's `--json` report. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Files that could not be loaded or whose hooks failed outside a test. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Result {
  readonly passed: number;
  readonly failed: number;
  /** Names of skipped tests; each carries its reason. */
  readonly skipped: readonly string[];
}

/** @param code jest's exit code; null when a signal ended it */
export function readReport(report: JestReport | undefined, code: number | null): Result {
  if (report === undefined) return { passed: 0, failed: 1, skipped: [] };
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: report.numPassedTests,
    // A run that says it failed has failed, also when no test did: no test found, a tear-down that broke.
    failed: code === 0 ? failed : Math.max(1, failed),
    skipped: tests.filter(({ status }) => status === 'pending' || status === 'todo').map(({ fullName }) => fullName),
  };
}

export function addUp(results: readonly Result[]): Result {
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
    skipped: results.flatMap(({ skipped }) => skipped),
  };
}

/** The skipped tests one by one, then the line that counts. */
export function describeResult({ passed, failed, skipped }: Result): string {
  const counts = `${passed} passed, ${failed} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`;
  return ['', ...skipped.map((name) => `skipped: ${name}`), counts].join('\n');
}
