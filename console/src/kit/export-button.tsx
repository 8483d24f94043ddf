import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { address } from '../api/client.ts';
import { useMay, useTenant } from '../api/session.ts';
import { useSpeech } from '../texts/index.ts';

interface ExportButtonProps {
  /** Of the door, below `/console/v1`. */
  readonly path: `/${string}`;
  /** The filter that stands in the page. */
  readonly filter?: Readonly<Record<string, string | undefined>>;
}

/** The list beside it as a file, for whose role may take lists away. The browser writes it to the disk while the hub reads. */
export function ExportButton({ path, filter = {} }: ExportButtonProps) {
  const { texts, spoken } = useSpeech();
  const tenant = useTenant();
  if (!useMay()('data.export')) return undefined;
  return (
    <Button
      component="a"
      href={address(path, { tenant }, { ...filter, language: spoken })}
      download
      size="xs"
      variant="default"
      leftSection={<IconDownload size={15} aria-hidden />}
    >
      {texts.common.export}
    </Button>
  );
}
