import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPlayerPause, IconSettings, IconSparkles } from '@tabler/icons-react';
import { enablePlugin, pluginsQuery } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { toneOf } from '../plugins/look.ts';
import { Switches } from '../plugins/switches.tsx';
import { Budget } from './budget.tsx';
import { Consent } from './consent.tsx';
import { Health } from './health.tsx';
import { Retention } from './retention.tsx';
import { Trials } from './trials.tsx';
import { WhereItGoes } from './where-it-goes.tsx';
import './ai.css';

/** Whether calls become text, who hears them, what is allowed, how long it stays, what it costs, and whether it works. */
export function PreparationsPage() {
  const { preparations } = useTexts();
  const query = useQuery(pluginsQuery(useTenant()));
  return (
    <Loaded query={query}>
      {(all) => {
        const plugin = all.find(({ id }) => id === 'ai-transcribe');
        if (plugin !== undefined) return <Preparations plugin={plugin} all={all} />;
        return (
          <Page title={preparations.title} intro={preparations.intro}>
            <Empty icon={IconSparkles} title={preparations.missing} hint={preparations.missingHint} />
          </Page>
        );
      }}
    </Loaded>
  );
}

interface PreparationsProps {
  readonly plugin: Plugin;
  readonly all: readonly Plugin[];
}

function Preparations({ plugin, all }: PreparationsProps) {
  const { preparations, plugins } = useTexts();
  const tenant = useTenant();
  const { id, state, detail, config } = plugin;
  const isOn = state === 'enabled';
  const telephone = all.find((one) => one.id === 'threecx');
  return (
    <Page
      title={preparations.title}
      intro={preparations.intro}
      actions={
        <>
          <StateBadge tone={toneOf(state)}>{plugins.states[state]}</StateBadge>
          {state === 'disabled' ? <TurnOn plugin={plugin} /> : <Switches plugin={plugin} />}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconSettings size={15} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/$tenant/plugins/$plugin" params={{ tenant, plugin: id }} />}
          >
            {preparations.settings}
          </Button>
        </>
      }
    >
      {!isOn && (
        <VerdictNote verdict="warning" icon={<IconPlayerPause aria-hidden />} title={preparations.off}>
          <Text size="sm">{detail === '' ? preparations.offHint : detail}</Text>
        </VerdictNote>
      )}
      <WhereItGoes settings={config} telephone={telephone} />
      {isOn && <Trials />}
      {isOn && <Health />}
      <Consent settings={config} />
      <Budget settings={config} isOn={isOn} />
      <Retention settings={config} telephone={all.find((one) => one.id === 'threecx')} />
    </Page>
  );
}

function TurnOn({ plugin: { id, name } }: { readonly plugin: Plugin }) {
  const { plugins } = useTexts();
  const tenant = useTenant();
  const enable = useDeed({
    act: () => enablePlugin(tenant, id, {}),
    done: () => plugins.enabled(name),
    touches: ['plugins', 'work', 'session'],
  });
  return (
    <Button size="xs" loading={enable.isPending} onClick={() => enable.mutate(undefined)}>
      {plugins.enable}
    </Button>
  );
}
