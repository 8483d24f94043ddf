import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { workQuery } from '../../api/operations.ts';
import { useMay, useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { HourlyChart } from '../../kit/charts/hourly-chart.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';

/** How much came in and went out. For those who may see operations; others have no numbers here. */
export function Usage({ plugin }: { readonly plugin: Plugin }) {
  const may = useMay();
  return may('operations.see') ? <Counts plugin={plugin} /> : undefined;
}

function Counts({ plugin }: { readonly plugin: Plugin }) {
  const { plugins, deliveries } = useTexts();
  const tenant = useTenant();
  const query = useQuery(workQuery(tenant));
  return (
    <Section
      title={plugins.usage}
      hint={plugins.usageHint}
      actions={
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link {...props} to="/$tenant/deliveries" params={{ tenant }} search={{ plugin: plugin.id }} />
          )}
        >
          {deliveries.title}
        </Anchor>
      }
    >
      <Loaded query={query}>
        {({ hours }) => {
          const own = hours.filter(({ pluginId }) => pluginId === plugin.id);
          return own.length === 0 ? <Text size="sm">{plugins.usageNone}</Text> : <HourlyChart hours={own} />;
        }}
      </Loaded>
    </Section>
  );
}
