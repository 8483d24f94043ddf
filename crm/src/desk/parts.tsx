import type { ReactNode } from 'react';

import { HUB_ADDRESS } from '../panel/hub-address.ts';
import { Faint } from '../panel/parts.tsx';
import { useSetting } from '../panel/setting.ts';
import type { DeedState } from './use-deed.ts';
import { useWords } from './texts/index.ts';

type ButtonProps = {
  readonly label: string;
  /** What it is done to, for those who hear the page. */
  readonly to?: string;
  readonly isBusy?: boolean;
  readonly onClick: () => void;
};

export function Button({ label, to, isBusy = false, onClick }: ButtonProps) {
  const { look } = useSetting();
  const words = useWords();
  const name = to === undefined ? {} : { 'aria-label': words.deedTo(label, to) };
  return (
    <button type="button" style={look.button} disabled={isBusy} onClick={onClick} {...name}>
      {label}
    </button>
  );
}

type LinesProps<Of> = {
  readonly of: readonly Of[];
  readonly none: string;
  readonly children: (one: Of) => ReactNode;
};

export function Lines<Of extends { readonly id: string }>({ of: lines, none, children }: LinesProps<Of>) {
  const { look } = useSetting();
  if (lines.length === 0) return <Faint>{none}</Faint>;
  return (
    <ul style={look.list}>
      {lines.map((one) => (
        <li key={one.id} style={look.row}>
          {children(one)}
        </li>
      ))}
    </ul>
  );
}

/** Says when something was not done, with the hub's own sentence. */
export function Refusal({ state }: { readonly state: DeedState<unknown> }) {
  const { look } = useSetting();
  const words = useWords();
  if (state.kind !== 'refused') return null;
  return (
    <div role="alert">
      <p style={look.alert}>{words.refused}</p>
      {state.said !== '' && <Faint>{state.said}</Faint>}
    </div>
  );
}

type ConsoleLinkProps = { readonly workspace: string; readonly path: string; readonly children: string };

/** To a page of the console, in another tab. */
export function ConsoleLink({ workspace, path, children }: ConsoleLinkProps) {
  const { look } = useSetting();
  return (
    <a href={`${HUB_ADDRESS}/console/${workspace}/${path}`} target="_blank" rel="noreferrer" style={look.link}>
      {children}
    </a>
  );
}
