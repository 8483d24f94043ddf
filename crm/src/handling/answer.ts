/** What the desk answers to `GET /cases/handling` and `GET /journal`, as far as it is shown here. Times are ISO 8601 in UTC. */

export interface HandlingAnswer {
  readonly status: string | null;
  readonly isEnded: boolean;
  readonly assignee: { readonly name: string } | null;
  readonly nextStep: string | null;
  readonly nextStepAt: string | null;
  readonly due: readonly { readonly field: string; readonly at: string }[];
  readonly questions: readonly {
    readonly kind: 'mail' | 'missed-call';
    readonly at: string;
    readonly who: string | null;
    readonly subject: string | null;
  }[];
}

export type JournalValue = string | number | boolean | null | { readonly link: string | null };

export interface JournalLine {
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly source: string;
  readonly actorKind: 'MEMBER' | 'CUSTOMER' | 'SYSTEM' | 'INTEGRATION';
  readonly actor: string | null;
  readonly text: string;
  readonly changes: readonly {
    readonly field: string;
    readonly before: JournalValue;
    readonly after: JournalValue;
  }[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly isErased: boolean;
}

export interface JournalAnswer {
  readonly entries: readonly JournalLine[];
  readonly next: string | null;
}
