import type { CommandMenuItemConfig } from 'twenty-sdk/define';

import { identifierOf } from './identifiers.ts';
import { objectId } from './objects.ts';

type CommandObject = 'serviceCase' | 'phoneCall';

/** What can be done with selected records: the entry in Twenty's menu, in its one language; the page that opens speaks the member's. */
const COMMANDS = {
  put: { label: 'Put into malfunction…', shortLabel: 'Malfunction', least: 1 },
  take: { label: 'Take out of malfunction…', shortLabel: 'Take out', least: 1 },
  merge: { label: 'Merge cases…', shortLabel: 'Merge', least: 2 },
  mail: { label: 'Write mail to contacts…', shortLabel: 'Mail', least: 1 },
} as const;

type CommandName = keyof typeof COMMANDS;

/** Drawn nowhere at first: only such a component is told of several records (Twenty 2.21, measured). */
export const commandComponent = (object: CommandObject, command: CommandName) => ({
  universalIdentifier: identifierOf('frontComponent', `${object}.command.${command}`),
  name: `switchboard-${command}-${object}`,
  description: COMMANDS[command].label,
  isHeadless: true,
});

export function recordCommand(object: CommandObject, command: CommandName): CommandMenuItemConfig {
  const { least, label, shortLabel } = COMMANDS[command];
  // "Select all" names no records; the hub answers a hundred at once. Written behind a colon, twenty-sdk 2.38 would take this for code of its own.
  const conditionalAvailabilityExpression = `not isSelectAll and numberOfSelectedRecords >= ${least} and numberOfSelectedRecords <= 100`;
  return {
    universalIdentifier: identifierOf('command', `${object}.${command}`),
    label,
    shortLabel,
    isPinned: command === 'put',
    availabilityType: 'RECORD_SELECTION',
    availabilityObjectUniversalIdentifier: objectId(object),
    frontComponentUniversalIdentifier: commandComponent(object, command).universalIdentifier,
    conditionalAvailabilityExpression,
  };
}
