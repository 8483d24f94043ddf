/** What we read of jest's `--json` report. */
export interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Files that could not be loaded or whose hooks failed outside a test. */
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    /** Path of the file. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Result {
  readonly passed: number;
  readonly failed: number;
  /** Names of skipped tests; each carries its reason. */
  readonly skipped: readonly string[];
  readonly failedFiles: readonly FailedFile[];
  /** Names of tests that failed beside others and passed by themselves. */
  readonly flaky: readonly string[];
}

export interface FailedFile {
  readonly path: string;
  /** Names of its tests that failed; none if it could not be loaded. */
  readonly failed: readonly string[];
  /** How many of its tests passed. */
  readonly passed: number;
}

/** @param code jest's exit code; null when a signal ended it */
export function readReport(report: JestReport | undefined, code: number | null): Result {
  if (report === undefined) return { passed: 0, failed: 1, skipped: [], failedFiles: [], flaky: [] };
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: report.numPassedTests,
    // A run that says it failed has failed, also when no test did: no test found, a tear-down that broke.
    failed: code === 0 ? failed : Math.max(1, failed),
    skipped: tests.filter(({ status }) => status === 'pending' || status === 'todo').map(({ fullName }) => fullName),
    failedFiles: report.testResults.filter(({ status }) => status === 'failed').map(readFailedFile),
    flaky: [],
  };
}

function readFailedFile({ name, assertionResults }: JestReport['testResults'][number]): FailedFile {
  const namesOf = (wanted: string) =>
    assertionResults.filter(({ status }) => status === wanted).map(({ fullName }) => fullName);
  return { path: name, failed: namesOf('failed'), passed: namesOf('passed').length };
}

export function addUp(results: readonly Result[]): Result {
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: results.reduce((sum, { failed }) => sum + failed, 0),
    skipped: results.flatMap(({ skipped }) => skipped),
    failedFiles: results.flatMap(({ failedFiles }) => failedFiles),
    flaky: results.flatMap(({ flaky }) => flaky),
  };
}

/** The skipped tests one by one, the flaky ones, then the line that counts. */
export function describeResult({ passed, failed, skipped, flaky }: Result): string {
  const counts = `${passed} passed, ${failed} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`;
  const skippedLines = skipped.map((name) => `skipped: ${name}`);
  const flakyLines = flaky.map((name) => `flaky, passed only by itself, to be mended: ${name}`);
  return ['', ...skippedLines, ...flakyLines, counts].join('\n');
}
