import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTexts } from '../texts/index.ts';

/** Copies a text that stands beside it, and says so for a moment. */
export function CopyIcon({ value }: { readonly value: string }) {
  const { common } = useTexts();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => {
        const label = copied ? common.copied : common.copy;
        return (
          <Tooltip label={label}>
            <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={label}>
              {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </CopyButton>
  );
}
