import { z } from 'zod';
import type { AnyPlugin, Language, PluginTexts } from '../contract/index.ts';

/** What a plugin says of itself and of its settings. */
export interface Described {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  /** JSON Schema of the settings as they are given; `title` is what a setting is called. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** In the language that is asked for; what a plugin has not translated stays English. */
export function describe({ id, name, summary, config, texts }: AnyPlugin, language: Language): Described {
  const schema = z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' });
  if (texts === undefined) return { id, name, summary, settings: schema };
  const properties = Object.entries(schema.properties ?? {}).map(([setting, one]) => [
    setting,
    typeof one === 'boolean' ? one : { ...one, ...settingIn(texts, setting, language) },
  ]);
  return {
    id,
    name,
    summary: language === 'en' ? summary : texts.summary[language],
    settings: { ...schema, properties: Object.fromEntries(properties) },
  };
}

function settingIn({ settings }: PluginTexts, setting: string, language: Language): object {
  const said = settings[setting];
  if (said === undefined) return {};
  return {
    title: said.name[language],
    ...(language === 'en' ? {} : { description: said.description[language] }),
  };
}
