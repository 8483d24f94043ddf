/** What the form understands of JSON Schema: an object of plain settings, as plugins declare them. */
export interface SettingsSchema {
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly required?: readonly string[];
}

export interface SettingSchema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: SettingSchema;
  /** The hub's own mark of what is stored encrypted and never shown. */
  readonly secret?: boolean;
  /** Which form a setting with parts of its own has. */
  readonly editor?: 'calendar' | 'level-times' | 'priority-shares';
}

export type Values = Readonly<Record<string, unknown>>;

export interface Setting {
  readonly name: string;
  readonly schema: SettingSchema;
  readonly isRequired: boolean;
}

/** A setting with a default is not asked for: what is left alone is as the plugin wants it. */
export function listSettings({ properties = {}, required = [] }: SettingsSchema): Setting[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    isRequired: required.includes(name) && schema.default === undefined,
  }));
}

/** `pbxUrl`: "Pbx url". For settings that nobody has named yet. */
export function humanize(name: string): string {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
