import type { Moved, Reason } from '../answer.ts';

/** What the tabs and commands about malfunctions, calls and mails say, in one language; the words of values are those of the panel. */
export interface DeskTexts {
  readonly members: string;
  readonly membersNone: string;
  readonly call: string;
  readonly callNow: string;
  readonly counts: (cases: number, calls: number) => string;
  readonly joined: (by: string) => string;
  readonly joinedTwenty: string;
  readonly suggestions: string;
  readonly suggestionsNone: string;
  readonly putIn: string;
  readonly notThis: string;
  readonly takeOut: string;
  /** For those who hear the page: a deed with what it is done to. */
  readonly deedTo: (deed: string, name: string) => string;
  readonly likely: (percent: number) => string;
  readonly reasons: Readonly<Record<Exclude<Reason['code'], 'near' | 'recent' | 'same-asset-kind'>, string>> & {
    readonly near: (distance: string) => string;
    readonly recent: (time: string) => string;
    readonly 'same-asset-kind': (kind: string) => string;
  };
  readonly assetKinds: Readonly<Record<string, string>>;
  readonly openHere: string;
  readonly openHereNone: string;
  readonly past: string;
  readonly pastNone: string;
  readonly opened: (when: string) => string;
  readonly ended: (when: string) => string;
  readonly cut: string;
  readonly calls: string;
  readonly callsNone: string;
  readonly mails: string;
  readonly mailsNone: string;
  readonly write: string;
  readonly writeHint: string;
  readonly attachments: (count: number) => string;
  readonly mailStates: Readonly<Record<'received' | 'waiting' | 'sent' | 'failed' | 'partly', string>>;
  readonly refused: string;
  /** Titles of the commands' pages. */
  readonly commands: Readonly<Record<'put' | 'take' | 'merge' | 'mail', string>>;
  readonly chosen: (count: number) => string;
  readonly tooMany: (most: number) => string;
  readonly missing: (count: number) => string;
  readonly isIn: (folder: string) => string;
  readonly isInNone: string;
  readonly suggestedFolders: string;
  readonly openFolders: string;
  readonly openFoldersNone: string;
  readonly find: string;
  readonly newFolder: string;
  readonly newFolderTitle: string;
  readonly newFolderDeed: string;
  readonly takeAll: (count: number) => string;
  readonly takeNone: string;
  readonly outcome: string;
  readonly results: Readonly<Record<Moved['result'], string>>;
  readonly mergeTitle: string;
  readonly mergeHint: string;
  readonly mergeTooFew: string;
  readonly mergeInto: string;
  readonly mergeResults: Readonly<Record<'merged' | 'one-already' | 'undone', string>>;
  readonly takeBack: string;
  readonly writeAll: (count: number, folder: string) => string;
  readonly writeAllHint: string;
  readonly writeEach: string;
}
