import type { Config } from './config.ts';
import type { Party } from './party.ts';

/** Why calls with this other side are not recorded, or undefined when they are. */
export function whyNotRecorded({ kind }: Party, config: Config): string | undefined {
  if (kind === 'internal' && !config.journalInternal) return 'Call between two extensions; these are not recorded.';
  if (kind === 'withheld' && !config.journalWithheld) return 'The number is withheld; such calls are not recorded.';
  return undefined;
}
