import type { FailedFile, Result } from './summary.ts';

/** More files than this do not fail by accident. */
const MOST_FILES = 3;

/** The files of a full run that are worth a second look; none if something else than tests failed. */
export function worthOnceMore({ failedFiles }: Result): readonly FailedFile[] {
  return failedFiles.length <= MOST_FILES ? failedFiles : [];
}

/**
 * What holds after the files that failed were run again by themselves. A test that passes then depends on what else the
 * machine was doing: it counts as passed and is named as flaky, for somebody to mend.
 */
export function settle(first: Result, again: Result): Result {
  if (again.failed > 0) return first;
  const passedInThem = first.failedFiles.reduce((sum, { passed }) => sum + passed, 0);
  return {
    ...first,
    passed: first.passed - passedInThem + again.passed,
    failed: 0,
    failedFiles: [],
    flaky: first.failedFiles.flatMap(({ path, failed }) => (failed.length === 0 ? [path] : failed)),
  };
}
