import { Anchor, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconPlayerPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { pluginsQuery } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { NotHere } from '../../app/fallbacks.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { CheckUp } from './check-up.tsx';
import { toneOf } from './look.ts';
import { MailGuide } from './mail-guide.tsx';
import { SettingsForm } from './settings-form.tsx';
import { Switches } from './switches.tsx';
import { ThreeCxGuide } from './threecx-guide.tsx';
import { Usage } from './usage.tsx';

/** One plugin: its guide, its settings, whether it works, how much it is used. */
export function PluginPage() {
  const { plugin: id } = useParams({ from: '/$tenant/plugins/$plugin' });
  const query = useQuery(pluginsQuery(useTenant(), useSpeech().spoken));
  return (
    <Loaded query={query}>
      {(all) => {
        const plugin = all.find((one) => one.id === id);
        return plugin === undefined ? <NotHere /> : <Details plugin={plugin} />;
      }}
    </Loaded>
  );
}

function Details({ plugin }: { readonly plugin: Plugin }) {
  const { plugins } = useTexts();
  const tenant = useTenant();
  const { id, name, summary, state, detail } = plugin;
  return (
    <Stack gap="xs">
      <Anchor
        renderRoot={(props) => <Link {...props} to="/$tenant/plugins" params={{ tenant }} />}
        size="sm"
        className="back"
      >
        <IconChevronLeft size={15} aria-hidden /> {plugins.title}
      </Anchor>
      <Page
        title={name}
        intro={summary}
        actions={
          <>
            <StateBadge tone={toneOf(state)}>{plugins.states[state]}</StateBadge>
            <Switches plugin={plugin} />
          </>
        }
      >
        {state === 'paused' && (
          <VerdictNote verdict="warning" icon={<IconPlayerPause aria-hidden />} title={plugins.states.paused}>
            <Text size="sm">{detail}</Text>
            <Text size="sm">{plugins.pausedHint}</Text>
          </VerdictNote>
        )}
        {id === 'threecx' && <ThreeCxGuide plugin={plugin} />}
        {id === 'mail' && <MailGuide plugin={plugin} />}
        <SettingsForm key={state} plugin={plugin} />
        {state !== 'disabled' && (
          <>
            <CheckUp plugin={plugin} />
            <Usage plugin={plugin} />
          </>
        )}
      </Page>
    </Stack>
  );
}
