import type { ReactNode } from 'react';
import { AppPath, navigate } from 'twenty-sdk/front-component';

import type { Tone } from './look.ts';
import { useSetting } from './setting.ts';

/** A titled part of the panel. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { look } = useSetting();
  return (
    <section style={look.section} aria-label={title}>
      <h3 style={look.heading}>{title}</h3>
      {children}
    </section>
  );
}

/** A select value in its colour. */
export function Tag({ value, tone }: { readonly value: string | null; readonly tone: Tone }) {
  const { look, texts } = useSetting();
  if (value === null) return null;
  return <span style={look.tag(tone)}>{texts.values[value] ?? value}</span>;
}

type RecordLinkProps = {
  readonly object: 'phoneCall' | 'serviceCase' | 'malfunction' | 'person' | 'company' | 'location';
  readonly id: string;
  readonly children: string;
};

/** Goes to another record. A button in the role of a link: a real link would load Twenty anew. */
export function RecordLink({ object, id, children }: RecordLinkProps) {
  const { look, texts } = useSetting();
  const open = (): void => {
    void navigate(AppPath.RecordShowPage, { objectNameSingular: object, objectRecordId: id });
  };
  return (
    <button type="button" role="link" style={look.link} aria-label={texts.open(children)} onClick={open}>
      {children}
    </button>
  );
}

export function Faint({ children }: { readonly children: ReactNode }) {
  const { look } = useSetting();
  return <p style={look.faint}>{children}</p>;
}
