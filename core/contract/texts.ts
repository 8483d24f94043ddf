import type { Language, Words } from './words.ts';

/** What people read of a plugin in the console. In English its `summary`, and what `describe()` says of each setting, stand where they always do. */
export interface PluginTexts {
  readonly summary: Translations;
  /** By the name of the setting. */
  readonly settings: Readonly<Record<string, SettingTexts>>;
}

export interface SettingTexts {
  /** What it is called in the form. */
  readonly name: Words;
  readonly description: Translations;
}

/** Of a text that is there in English. */
export type Translations = Readonly<Record<Exclude<Language, 'en'>, string>>;
