/** Why an installation did not happen; each has its own exit code. */
export type DeployProblem =
  | 'usage'
  | 'unreachable'
  | 'not-twenty'
  | 'too-old'
  | 'key'
  | 'permission'
  | 'collision'
  | 'destructive'
  | 'newer'
  | 'server'
  | 'sdk';

const EXIT_CODES: Readonly<Record<DeployProblem, number>> = {
  server: 1,
  sdk: 1,
  usage: 2,
  unreachable: 3,
  'not-twenty': 3,
  'too-old': 4,
  key: 5,
  permission: 5,
  collision: 6,
  destructive: 7,
  newer: 8,
};

/** A deployment that was refused or failed. `message` says what is wrong, `remedy` what to do; neither holds the key. */
export class DeployError extends Error {
  readonly problem: DeployProblem;
  readonly remedy: string;

  constructor(problem: DeployProblem, message: string, remedy: string) {
    super(message);
    this.name = 'DeployError';
    this.problem = problem;
    this.remedy = remedy;
  }

  get exitCode(): number {
    return EXIT_CODES[this.problem];
  }
}
