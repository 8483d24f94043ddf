import type { z } from 'zod';
import type { AnyPlugin } from '../contract/plugin.ts';
import { secretFields } from '../contract/config.ts';
import { ConfigError } from '../contract/errors.ts';

/** A plugin's settings in the form in which they are given: defaults not filled in. */
export type PluginConfigValues = Readonly<Record<string, unknown>>;

/** Settings by whether they may be read back. */
export type SplitConfig = {
  readonly plain: Record<string, unknown>;
  readonly secrets: Record<string, string>;
};

/**
 * Refuses what the plugin does not know and what no database can hold.
 * @throws ConfigError naming the field; values never appear in it
 */
export function assertSettable(plugin: AnyPlugin, changes: PluginConfigValues): void {
  const known = Object.keys(plugin.config.shape);
  for (const [name, value] of Object.entries(changes)) {
    if (!known.includes(name)) {
      throw new ConfigError(`The plugin ${plugin.id} has no setting "${name}"`, {
        field: `config.${name}`,
        remedy: known.length === 0 ? 'It has no settings at all.' : `Its settings are: ${known.join(', ')}.`,
      });
    }
    if (unstorable.test(JSON.stringify(value) ?? '')) {
      throw new ConfigError(`The setting "${name}" of the plugin ${plugin.id} contains a character that is no text`, {
        field: `config.${name}`,
        remedy: `Enter "${name}" again; pasting may have brought in an invisible character.`,
      });
    }
  }
}

/** In JSON text: NUL, and halves of characters that stand alone. PostgreSQL refuses both. */
const unstorable = /\\u0000|\\ud[89a-f][0-9a-f]{2}/;

/** @throws ConfigError naming the first field that is wrong; values never appear in it */
export function parseConfig(plugin: AnyPlugin, values: PluginConfigValues): z.output<AnyPlugin['config']> {
  const result = plugin.config.safeParse(values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.join('.') ?? '';
  const isMissing = issue?.path.length === 1 && values[String(issue.path[0])] === undefined;
  throw new ConfigError(
    `The setting "${path}" of the plugin ${plugin.id} ${isMissing ? 'is missing' : `is wrong: ${issue?.message}`}`,
    {
      field: `config.${path}`,
      remedy: describe(plugin, String(issue?.path[0])),
    },
  );
}

function describe(plugin: AnyPlugin, name: string): string {
  const text = (plugin.config.shape[name] as z.ZodType | undefined)?.meta()?.description;
  return text === undefined ? `Set "${name}".` : `Set "${name}": ${text}`;
}

export function splitConfig(plugin: AnyPlugin, values: PluginConfigValues): SplitConfig {
  const names = new Set(secretFields(plugin.config));
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    plain: Object.fromEntries(entries.filter(([name]) => !names.has(name))),
    secrets: Object.fromEntries(
      entries.filter(([name]) => names.has(name)).map(([name, value]) => [name, String(value)]),
    ),
  };
}

/**
 * @param changes a value of `null` takes the setting away; what is not named stays
 * @returns without what the plugin does not know any more since its last version
 */
export function mergeConfig(
  plugin: AnyPlugin,
  values: PluginConfigValues,
  changes: PluginConfigValues,
): PluginConfigValues {
  const merged = { ...values, ...changes };
  const names = Object.keys(plugin.config.shape).filter((name) => (merged[name] ?? null) !== null);
  return Object.fromEntries(names.map((name) => [name, merged[name]]));
}

/** What the audit log says of a change: settings with both values, secrets by name only. */
export function describeChange(
  plugin: AnyPlugin,
  before: PluginConfigValues,
  after: PluginConfigValues,
): Record<string, unknown> {
  const secrets = new Set(secretFields(plugin.config));
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const visible = changed.filter((name) => !secrets.has(name));
  return {
    settings: Object.fromEntries(
      visible.map((name) => [name, { from: before[name] ?? null, to: after[name] ?? null }]),
    ),
    secrets: changed.filter((name) => secrets.has(name)),
  };
}
