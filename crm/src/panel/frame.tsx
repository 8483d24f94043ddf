import type { ReactNode } from 'react';
import { useColorScheme, useLocale } from 'twenty-sdk/front-component';

import { lookOf } from './look.ts';
import { momentsFor } from './moments.ts';
import { SettingProvider } from './setting.ts';
import { textsFor } from './texts/index.ts';

/** What each of our components stands in: the member's language, and the colours of Twenty. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const scheme = useColorScheme();
  const locale = useLocale();
  const look = lookOf(scheme);
  const texts = textsFor(locale);
  const setting = { look, texts, locale, moments: momentsFor(locale, texts, new Date()) };
  return (
    <SettingProvider value={setting}>
      <div style={look.panel}>{children}</div>
    </SettingProvider>
  );
}
