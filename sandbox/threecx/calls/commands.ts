import type { Command } from './types.ts';

/** What people do in one call, in order, for its one script to take up. */
type Commands = {
  readonly add: (command: Command) => void;
  /** @returns undefined when nothing was done for so long */
  readonly next: (milliseconds: number) => Promise<Command | undefined>;
};

export function createCommands(): Commands {
  const waiting: Command[] = [];
  let taker: ((command: Command) => void) | undefined;

  return {
    add(command) {
      if (taker === undefined) waiting.push(command);
      else taker(command);
    },
    async next(milliseconds) {
      const known = waiting.shift();
      if (known !== undefined) return known;
      return await new Promise((resolve) => {
        const settle = (command: Command | undefined) => {
          taker = undefined;
          clearTimeout(timer);
          resolve(command);
        };
        const timer = setTimeout(settle, milliseconds, undefined);
        taker = settle;
      });
    },
  };
}
