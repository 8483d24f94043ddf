/** What the service desk answers about malfunctions, as far as it is shown here. Times are ISO 8601 in UTC. */

export type MemberObject = 'serviceCase' | 'phoneCall';

export interface MemberName {
  readonly object: MemberObject;
  readonly id: string;
}

type Named = { readonly id: string; readonly name: string };

export interface Folder {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly severity: string;
  readonly location: Named | null;
  readonly openedAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly caseCount: number;
  readonly callCount: number;
}

export interface Member extends MemberName {
  /** A case's; empty for a call. */
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly phoneNumber: string;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly at: string | null;
}

export type Reason =
  | { readonly code: 'same-location' | 'same-postcode' | 'same-city' | 'same-customer' | 'words-alike' }
  | { readonly code: 'near'; readonly metres: number }
  | { readonly code: 'same-asset-kind'; readonly assetKind: string }
  | { readonly code: 'recent'; readonly minutes: number };

/** Why something belongs together, and how likely: 0 to 1. */
export interface Why {
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export interface FolderPage {
  readonly folder: Folder;
  readonly members: readonly (Member & { readonly joined: { readonly by: string } | null })[];
}

/** Of `GET /malfunctions/chosen`. */
export interface Chosen {
  readonly members: readonly (Member & { readonly folder: Folder | null })[];
  readonly suggestions: readonly (Folder & Why)[];
  /** Short name of the workspace, as in the addresses of the console. */
  readonly workspace: string;
}

export interface Moved extends MemberName {
  readonly result: 'put' | 'moved' | 'there' | 'taken-out' | 'not-in-it' | 'not-found';
}

export interface Merged {
  readonly outcome: 'merged' | 'one-already';
  /** By which it is taken back. */
  readonly mergeId?: string;
}

export interface Mail {
  readonly id: string;
  readonly kind: 'received' | 'sent';
  readonly at: string;
  readonly from: MailPerson;
  readonly to: readonly MailPerson[];
  readonly subject: string;
  readonly excerpt: string;
  readonly attachments: number;
  readonly state: string;
  readonly recipients: readonly { readonly state: string }[];
}

type MailPerson = { readonly name: string; readonly address: string };
