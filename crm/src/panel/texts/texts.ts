import type { PanelHealth } from '../answer.ts';
import type { PanelProblem } from '../ask-hub.ts';

type Health<Topic extends PanelHealth['topic'], Code> = Extract<PanelHealth, { topic: Topic; code: Code }>;

/** Everything that the panel says, in one language. */
export interface Texts {
  readonly calls: string;
  readonly cases: string;
  readonly health: string;
  readonly loading: string;
  readonly refresh: string;
  readonly tryAgain: string;
  readonly noCalls: string;
  readonly noCases: string;
  readonly noRecord: string;
  readonly mayNotSeeCalls: string;
  readonly mayNotSeeCases: string;
  readonly moreCalls: string;
  readonly moreCases: string;
  readonly call: string;
  readonly noSubject: string;
  readonly today: string;
  readonly yesterday: string;
  readonly due: (when: string) => string;
  readonly overdue: (when: string) => string;
  readonly by: (agent: string) => string;
  readonly asOf: (when: string) => string;
  readonly open: (what: string) => string;
  /** Of select fields; what a workspace adds itself is shown as it is. */
  readonly values: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<PanelHealth['state'], string>>;
  readonly problems: Readonly<Record<PanelProblem, { readonly title: string; readonly advice: string }>>;
  readonly connection: Readonly<Record<Extract<PanelHealth, { topic: 'connection' }>['code'], string>>;
  readonly copy: {
    readonly fresh: (when: string) => string;
    readonly behind: (when: string) => string;
    readonly copying: (percent: Health<'copy', 'copying'>['percent']) => string;
    readonly missing: string;
  };
  readonly writes: { readonly sent: string; readonly behind: (when: string) => string };
  readonly refused: { readonly none: string; readonly some: (count: string, isOne: boolean) => string };
}
