import type { PanelHealth, PanelNumber } from '../answer.ts';
import type { AudioState } from '../load-audio.ts';
import type { PanelProblem } from '../reach-hub.ts';
import type { PhoneState } from '../use-phone.ts';

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
  readonly phone: {
    readonly title: string;
    readonly call: string;
    readonly callNumber: (number: string) => string;
    readonly hangUp: string;
    readonly refused: string;
    readonly barred: Readonly<Record<NonNullable<PanelNumber['barred']>, string>>;
    readonly states: Readonly<Record<Exclude<PhoneState['kind'], 'idle' | 'refused'>, (number: string) => string>>;
  };
  readonly recordings: {
    readonly title: string;
    readonly listen: string;
    readonly looking: string;
    readonly none: string;
    readonly forbidden: string;
    readonly of: (when: string, extension: string, duration: string) => string;
    readonly states: Readonly<Record<Exclude<AudioState['kind'], 'ready' | 'problem'>, string>>;
  };
  readonly callPage: {
    readonly who: string;
    readonly nobody: string;
    readonly choose: string;
    readonly picked: string;
    readonly journey: string;
  };
  readonly journey: {
    /** By the word of the step; others are shown as they are. */
    readonly steps: Readonly<Record<string, (who: string) => string>>;
    readonly rangInVain: (who: string) => string;
  };
  readonly draft: {
    readonly title: string;
    readonly open: string;
    readonly refused: string;
    readonly noDesk: string;
    readonly subject: (who: string) => string;
    readonly location: string;
    readonly assets: string;
    readonly malfunctions: string;
    readonly contract: string;
    readonly protocol: string;
    readonly previousCalls: string;
    readonly respond: (minutes: number) => string;
    readonly resolve: (minutes: number) => string;
  };
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
