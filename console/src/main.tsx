import './kit/mantine.css';
import '@mantine/notifications/styles.css';
import './kit/kit.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { readNonce } from './app/nonce.ts';
import { createQueries } from './app/queries.ts';
import { createPages } from './app/router.tsx';
import { SpeechProvider } from './app/speech-provider.tsx';
import { contrast, theme } from './app/theme.ts';
import { loadTexts, preferredLanguage } from './texts/index.ts';

const language = preferredLanguage();
const texts = await loadTexts(language);
document.documentElement.lang = language;
const nonce = readNonce();
const queries = createQueries();
const router = createPages(queries);

/** Notifications are drawn by Mantine, which has no words of its own for their button. */
const spoken = createTheme({
  ...theme,
  components: {
    ...theme.components,
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': texts.common.close } } },
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={spoken}
      cssVariablesResolver={contrast}
      defaultColorScheme="auto"
      {...(nonce === undefined ? {} : { getStyleNonce: () => nonce })}
    >
      <SpeechProvider first={{ language, texts }}>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </SpeechProvider>
    </MantineProvider>
  </StrictMode>,
);
