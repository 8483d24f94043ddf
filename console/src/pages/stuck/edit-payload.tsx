import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTexts } from '../../texts/index.ts';

interface EditPayloadProps {
  readonly payload: unknown;
  readonly isBusy: boolean;
  readonly mayAct: boolean;
  /** @param payload undefined: as it was stored */
  readonly onRun: (payload: unknown) => void;
  /** Further buttons. */
  readonly children: ReactNode;
}

/** What the job was given, to be put right and run again. */
export function EditPayload({ payload, isBusy, mayAct, onRun, children }: EditPayloadProps) {
  const { stuck } = useTexts().deliveries;
  const stored = JSON.stringify(payload, null, 2);
  const [text, setText] = useState(stored);
  const parsed = parse(text);
  const isEdited = text !== stored;
  return (
    <Stack gap="sm" py="xs">
      <Textarea
        label={stuck.edit}
        description={stuck.editHint}
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
        autosize
        minRows={3}
        maxRows={18}
        spellCheck={false}
        readOnly={!mayAct}
        classNames={{ input: 'code' }}
        error={parsed === undefined ? stuck.editInvalid : undefined}
      />
      {mayAct && (
        <Group gap="xs">
          <Button
            size="xs"
            loading={isBusy}
            disabled={parsed === undefined}
            onClick={() => onRun(isEdited ? parsed?.value : undefined)}
          >
            {isEdited ? stuck.edit : stuck.runAgain}
          </Button>
          {children}
        </Group>
      )}
    </Stack>
  );
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
