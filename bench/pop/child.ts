import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A part of the bench in a process of its own. @param file in this folder */
export function startChild(file: string): ChildProcess {
  return fork(join(import.meta.dirname, file), { stdio: 'inherit' });
}

/** Sends orders and waits for what the process answers to them. */
export async function ask<Answer>(child: ChildProcess, orders: object): Promise<Answer> {
  child.send(orders);
  const exited = once(child, 'exit').then(() => {
    throw new Error('A process of the bench ended early');
  });
  exited.catch(() => {});
  const [answer] = (await Promise.race([once(child, 'message'), exited])) as [Answer];
  return answer;
}
