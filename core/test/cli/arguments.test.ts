import { expect, jest, test } from '@jest/globals';
import type { Command } from 'commander';
import { buildProgram } from '../../cli/program.ts';

function silence(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  for (const one of command.commands) silence(one);
  return command;
}

test.each([
  ['delivery', 'list', 'demo', '--limit', 'abc'],
  ['delivery', 'replay', 'demo', 'abc'],
  ['delivery', 'discard', 'demo', '12', '--reason', 'old'],
  ['crm', 'replay', 'demo', 'x'],
  ['crm', 'parked', 'demo', '--limit', '-1'],
  ['audit', 'list', 'demo', '--limit', '1.5'],
])('hub %s %s %s %s is refused before the database is opened', async (...line) => {
  const open = jest.fn<() => Promise<void>>();
  const run = silence(buildProgram(open)).parseAsync(line, { from: 'user' });
  await expect(run).rejects.toThrow(/whole number|an id as the lists show/);
  expect(open).not.toHaveBeenCalled();
});
