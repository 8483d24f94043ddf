import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type {
  CreatedMember,
  CreatedWorkspace,
  Fault,
  FaultScope,
  NewWorkspaceMember,
  TwentyOptions,
} from '@switchboard/sandbox/twenty';
import type { TwentyServer } from '../../e2e/stage.ts';
import type { Answer, Message } from './twenty-child.ts';

/** A Twenty that can be killed and comes back under the same address with what it had committed. */
export interface TwentyProcess extends TwentyServer {
  readonly createMember: (member: NewWorkspaceMember) => Promise<CreatedMember>;
  readonly kill: () => Promise<void>;
  readonly startAgain: () => Promise<void>;
  readonly setFault: (fault: Fault, scope?: FaultScope) => Promise<void>;
  readonly clearFaults: () => Promise<void>;
}

export async function startTwentyProcess(options: TwentyOptions): Promise<TwentyProcess> {
  let child = openChild();
  const { url, port } = (await child.ask(options)) as { url: string; port: number };
  return {
    url,
    createWorkspace: async (workspace) => (await child.ask({ kind: 'createWorkspace', workspace })) as CreatedWorkspace,
    createMember: async (member) => (await child.ask({ kind: 'createMember', member })) as CreatedMember,
    setFault: async (fault, scope = {}) => void (await child.ask({ kind: 'setFault', fault, scope })),
    clearFaults: async () => void (await child.ask({ kind: 'clearFaults' })),
    kill: async () => await child.end(),
    startAgain: async () => {
      child = openChild();
      await child.ask({ ...options, port });
    },
    close: async () => {
      await child.ask({ kind: 'close' });
      await child.end();
    },
  };
}

function openChild() {
  const process = fork(join(import.meta.dirname, 'twenty-child.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let last = 0;
  return {
    ask: async (order: Message['order']): Promise<unknown> => {
      last += 1;
      const answer = answerTo(process, last);
      process.send({ id: last, order } satisfies Message);
      return await answer;
    },
    end: async (): Promise<void> => {
      if (process.exitCode !== null || process.signalCode !== null) return;
      const exited = once(process, 'exit');
      process.kill('SIGKILL');
      await exited;
    },
  };
}

function answerTo(process: ChildProcess, id: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => finish(() => reject(new Error('The stand-in of Twenty ended before it answered')));
    const onMessage = (message: unknown): void => {
      const answer = message as Answer;
      if (answer.id !== id) return;
      finish(() => ('failed' in answer ? reject(new Error(answer.failed)) : resolve(answer.result)));
    };
    const finish = (settle: () => void): void => {
      process.off('exit', onExit).off('message', onMessage);
      settle();
    };
    process.on('exit', onExit).on('message', onMessage);
  });
}
