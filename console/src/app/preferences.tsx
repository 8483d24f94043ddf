import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { type Language, languages, useSpeech } from '../texts/index.ts';

const appearances = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

export function LanguageItems() {
  const { texts, spoken, speak } = useSpeech();
  return (
    <>
      <Menu.Label>{texts.shell.language}</Menu.Label>
      {(Object.keys(languages) as Language[]).map((one) => (
        <Choice key={one} isChosen={one === spoken} onChoose={() => speak(one)} label={languages[one]} lang={one} />
      ))}
    </>
  );
}

export function AppearanceItems() {
  const { shell } = useSpeech().texts;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{shell.appearance}</Menu.Label>
      {appearances.map((one) => (
        <Choice
          key={one}
          isChosen={one === colorScheme}
          onChoose={() => setColorScheme(one)}
          label={shell.appearances[one]}
        />
      ))}
    </>
  );
}

/** For pages before the sign-in, where nobody has an account menu. */
export function PreferencesMenu() {
  const { shell } = useSpeech().texts;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${shell.language}, ${shell.appearance}`}>
          <IconLanguage size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
        <Menu.Divider />
        <AppearanceItems />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly label: string;
  readonly lang?: string;
}

function Choice({ isChosen, onChoose, label, lang }: ChoiceProps) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={isChosen}
      leftSection={isChosen ? <IconCheck size={16} aria-hidden /> : <span className="icon-space" />}
      onClick={onChoose}
      {...(lang === undefined ? {} : { lang })}
    >
      {label}
    </Menu.Item>
  );
}
