import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { inRegion, type Language, loadTexts, rememberLanguage, SpeechContext, type Texts } from '../texts/index.ts';
import { timesIn } from '../texts/times.ts';

interface SpeechProviderProps {
  readonly first: { readonly language: Language; readonly texts: Texts };
  readonly children: ReactNode;
}

/** Holds the language; another one is loaded when somebody asks for it. */
export function SpeechProvider({ first, children }: SpeechProviderProps) {
  const [speech, setSpeech] = useState(first);
  const speak = useCallback((language: Language) => {
    void loadTexts(language).then((texts) => {
      rememberLanguage(language);
      document.documentElement.lang = language;
      setSpeech({ language, texts });
    });
  }, []);
  const value = useMemo(() => {
    const language = inRegion(speech.language);
    return { texts: speech.texts, spoken: speech.language, language, times: timesIn(language), speak };
  }, [speech, speak]);
  return <SpeechContext value={value}>{children}</SpeechContext>;
}
