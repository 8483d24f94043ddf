import { type HubProcess, startHubProcess } from '../../e2e/hub-process.ts';

export type Role = 'web' | 'worker';

/** The hub as an operator runs it: one web and one worker process. */
export interface HubProcesses {
  /** `kill -9`. */
  readonly kill: (role: Role) => Promise<void>;
  readonly startAgain: (role: Role) => Promise<void>;
  /** What the processes wrote, killed ones included. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

export async function startHubProcesses(env: Readonly<Record<string, string>>): Promise<HubProcesses> {
  const all: HubProcess[] = [];
  const current = new Map<Role, HubProcess>();
  const start = async (role: Role): Promise<void> => {
    const started = await startHubProcess(role, env);
    all.push(started);
    current.set(role, started);
  };
  await start('web');
  await start('worker');
  return {
    kill: async (role) => await current.get(role)?.kill(),
    startAgain: start,
    output: () => all.map(({ output }) => output()).join(''),
    stop: async () => {
      for (const hub of current.values()) await hub.stop();
    },
  };
}
