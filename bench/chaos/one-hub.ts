import { type HubProcess, startHubProcess } from '../../e2e/hub-process.ts';

/** The whole hub in one process, as small installations run it. */
export interface OneHub {
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
  readonly startAgain: () => Promise<void>;
  /** What the processes wrote, killed ones included. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

export async function startOneHub(env: Readonly<Record<string, string>>): Promise<OneHub> {
  let current: HubProcess = await startHubProcess('all', env);
  const all = [current];
  return {
    kill: async () => await current.kill(),
    startAgain: async () => {
      current = await startHubProcess('all', env);
      all.push(current);
    },
    output: () => all.map(({ output }) => output()).join(''),
    stop: async () => void (await current.stop()),
  };
}
