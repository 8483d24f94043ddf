import type { ReactNode } from 'react';
import { useSelectedRecordIds } from 'twenty-sdk/front-component';

import { Frame } from './frame.tsx';
import { Faint } from './parts.tsx';
import { useSetting } from './setting.ts';

/** A component on the page of one record. */
export function OneRecord({ children }: { readonly children: (recordId: string) => ReactNode }) {
  const [recordId, ...others] = useSelectedRecordIds();
  const isOne = recordId !== undefined && others.length === 0;
  return <Frame>{isOne ? children(recordId) : <NoRecord />}</Frame>;
}

function NoRecord() {
  const { texts } = useSetting();
  return <Faint>{texts.noRecord}</Faint>;
}
