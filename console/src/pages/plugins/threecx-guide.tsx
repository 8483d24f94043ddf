import { Button, Stepper, Text, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { address } from '../../api/client.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { CopyField } from '../../kit/copy-field.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';

const KEY_STEP = 0;
const DOWNLOAD_STEP = 1;
const INSTALL_STEP = 2;

/** How to connect a 3CX, with what one takes along from here. */
export function ThreeCxGuide({ plugin }: { readonly plugin: Plugin }) {
  const { threecx } = useTexts().plugins;
  const tenant = useTenant();
  const isOff = plugin.state === 'disabled';
  const template = address('/tenants/{tenant}/plugins/{plugin}/doors/template.xml', { tenant, plugin: plugin.id });
  return (
    <Section title={threecx.title}>
      <Stepper active={isOff ? KEY_STEP : DOWNLOAD_STEP} orientation="vertical" size="sm" allowNextStepsSelect={false}>
        {threecx.steps.map(({ title, text }, index) => (
          <Stepper.Step
            key={title}
            label={title}
            component="div"
            description={
              <>
                <Text size="sm" component="span" display="block">
                  {text}
                </Text>
                {index === DOWNLOAD_STEP && (
                  <Download href={template} isOff={isOff} hint={threecx.enableFirst} label={threecx.download} />
                )}
                {index === INSTALL_STEP && (
                  <div className="guide-field">
                    <CopyField
                      label={threecx.address}
                      value={`${window.location.origin}/hooks/${tenant}/${plugin.id}`}
                    />
                  </div>
                )}
              </>
            }
          />
        ))}
      </Stepper>
    </Section>
  );
}

interface DownloadProps {
  readonly href: string;
  readonly isOff: boolean;
  readonly hint: string;
  readonly label: string;
}

function Download({ href, isOff, hint, label }: DownloadProps) {
  if (isOff) {
    return (
      <Tooltip label={hint}>
        <Button
          mt="xs"
          size="xs"
          variant="default"
          data-disabled
          aria-disabled
          leftSection={<IconDownload size={15} aria-hidden />}
        >
          {label}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Button
      mt="xs"
      size="xs"
      variant="default"
      component="a"
      href={href}
      download
      leftSection={<IconDownload size={15} aria-hidden />}
    >
      {label}
    </Button>
  );
}
