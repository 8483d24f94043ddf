import { createContext, useContext } from 'react';

import type { Look } from './look.ts';
import type { Moments } from './moments.ts';
import type { Texts } from './texts/index.ts';

/** In which language, time and colours the panel is drawn. */
export interface Setting {
  readonly texts: Texts;
  /** As Twenty has it: `de-DE`. */
  readonly locale: string;
  readonly moments: Moments;
  readonly look: Look;
}

const SettingContext = createContext<Setting | undefined>(undefined);

export const SettingProvider = SettingContext.Provider;

export function useSetting(): Setting {
  const setting = useContext(SettingContext);
  if (setting === undefined) throw new Error('A part of the panel is drawn outside of it');
  return setting;
}
