import { ActionIcon, Group, Menu, Textarea, Tooltip } from '@mantine/core';
import { type Icon, IconBold, IconBraces, IconItalic, IconLink, IconList } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../../texts/index.ts';
import { type Mark, mark } from './formatting.ts';

const signs: Readonly<Record<Mark, Icon>> = { bold: IconBold, italic: IconItalic, list: IconList, link: IconLink };

interface TextFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly error: string | undefined;
  /** Names of fields that can be put in. */
  readonly fields?: readonly string[];
  readonly actions?: ReactNode;
}

/** The text of a mail, with buttons for the few marks that it may have. */
export function TextField({ value, onChange, error, fields = [], actions }: TextFieldProps) {
  const { mail } = useTexts();
  const box = useRef<HTMLTextAreaElement>(null);
  const select = useRef<readonly [number, number]>(undefined);
  useEffect(() => {
    if (select.current === undefined || box.current === null) return;
    box.current.focus();
    box.current.setSelectionRange(...select.current);
    select.current = undefined;
  }, [value]);
  const put = (kind: Mark) => {
    const { selectionStart = value.length, selectionEnd = value.length } = box.current ?? {};
    const marked = mark({ text: value, start: selectionStart, end: selectionEnd }, kind, mail.markWord);
    select.current = [marked.start, marked.end];
    onChange(marked.text);
  };
  const insert = (name: string) => {
    const at = box.current?.selectionStart ?? value.length;
    const field = `{{${name}}}`;
    select.current = [at + field.length, at + field.length];
    onChange(value.slice(0, at) + field + value.slice(at));
  };
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Group gap={4}>
          {(Object.keys(signs) as Mark[]).map((kind) => {
            const Sign = signs[kind];
            return (
              <Tooltip key={kind} label={mail.marks[kind]}>
                <ActionIcon variant="default" onClick={() => put(kind)} aria-label={mail.marks[kind]}>
                  <Sign size={16} aria-hidden />
                </ActionIcon>
              </Tooltip>
            );
          })}
          {fields.length > 0 && (
            <Menu position="bottom-start">
              <Menu.Target>
                <Tooltip label={mail.fields}>
                  <ActionIcon variant="default" aria-label={mail.fields}>
                    <IconBraces size={16} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              </Menu.Target>
              <Menu.Dropdown mah={320} className="scrolls">
                {fields.map((name) => (
                  <Menu.Item key={name} onClick={() => insert(name)}>
                    {name}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
        {actions}
      </Group>
      <Textarea
        ref={box}
        label={mail.text}
        description={mail.textHint}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        autosize
        minRows={7}
        maxRows={24}
        maxLength={200_000}
      />
    </div>
  );
}
