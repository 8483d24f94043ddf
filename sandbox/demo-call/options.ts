import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Options = {
  readonly number: string;
  readonly extension: string;
  readonly direction: 'inbound' | 'outbound';
  readonly answered: boolean;
  readonly times: number;
  readonly text: boolean;
};

export const usage = `Lets a telephone of the 3CX stand-in ring, and shows what becomes of the call in the CRM.

  npm run demo:call -- --from +31201234567 [--to 102] [--direction outbound] [--missed] [--twice] [--text]

  --from NUMBER   who calls; leave it empty ("") for a withheld number. Default +31201234567
  --to EXT        the agent, 101 to 105. Default 101
  --direction     inbound, or outbound: then the agent calls the number
  --missed        nobody answers
  --twice         3CX reports the call twice
  --text          3CX sends a transcript after the call`;

/** @throws Error with a sentence when the arguments make no sense */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string', default: '+31201234567' },
      to: { type: 'string', default: '101' },
      direction: { type: 'string', default: 'inbound' },
      missed: { type: 'boolean', default: false },
      twice: { type: 'boolean', default: false },
      text: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const { direction } = values;
  if (direction !== 'inbound' && direction !== 'outbound') throw new Error('--direction is inbound or outbound');
  const [extension, number] = partiesOf(values.from, values.to);
  return { number, extension, direction, answered: !values.missed, times: values.twice ? 2 : 1, text: values.text };
}

/** Whichever of the two is an extension is the agent: nobody has to think about what "from" means for an outbound call. */
function partiesOf(from: string, to: string): [extension: string, number: string] {
  const isExtension = (party: string) => /^\d{2,5}$/.test(party);
  if (isExtension(to)) return [to, from];
  if (isExtension(from)) return [from, to];
  throw new Error('one of --from and --to is an extension of two to five digits, such as 101');
}
