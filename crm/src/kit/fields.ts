import { type defineField, type defineObject, FieldType, NumberDataType } from 'twenty-sdk/define';

import { identifierOf } from './identifiers.ts';
import { fieldId, type ObjectName } from './objects.ts';

export type ObjectField = Parameters<typeof defineObject>[0]['fields'][number];
export type StandaloneField = Parameters<typeof defineField>[0];

type Option = NonNullable<Extract<ObjectField, { type: typeof FieldType.SELECT }>['options']>[number];
export type Color = Extract<Option, { color: unknown }>['color'];

/** Value, label and colour. The value is stored and never changes; an option is never removed (its value would vanish from all rows). */
export type Choice = readonly [value: string, label: string, color: Color];

type Look = { readonly icon?: string; readonly description?: string; readonly readOnly?: boolean };

const optionsOf = (object: ObjectName, name: string, choices: readonly Choice[]) =>
  choices.map(([value, label, color], position) => ({
    id: identifierOf('option', `${object}.${name}.${value}`),
    value,
    label,
    color,
    position,
  }));

const common = (object: ObjectName, name: string, label: string, look: Look) => ({
  universalIdentifier: fieldId(object, name),
  name,
  label,
  ...(look.icon === undefined ? {} : { icon: look.icon }),
  ...(look.description === undefined ? {} : { description: look.description }),
  ...(look.readOnly === true ? { isUIEditable: false } : {}),
});

/** Field definitions of one object, one function per kind of value. Twenty's type of a field can never be changed afterwards. */
export function fieldsOf(object: ObjectName) {
  const plain =
    <T extends FieldType>(type: T) =>
    (name: string, label: string, look: Look = {}) => ({ ...common(object, name, label, look), type });

  return {
    text: plain(FieldType.TEXT),
    richText: plain(FieldType.RICH_TEXT),
    json: plain(FieldType.RAW_JSON),
    list: plain(FieldType.ARRAY),
    date: plain(FieldType.DATE),
    dateTime: plain(FieldType.DATE_TIME),
    phones: plain(FieldType.PHONES),
    emails: plain(FieldType.EMAILS),
    address: plain(FieldType.ADDRESS),
    links: plain(FieldType.LINKS),
    /** Text that is unique in the workspace when set: the outside system's key, by which records are found again. */
    key: (name: string, label: string, look: Look = {}) => ({
      ...common(object, name, label, look),
      type: FieldType.TEXT as const,
      isUnique: true,
      isNullable: true as const,
      defaultValue: null,
    }),
    whole: (name: string, label: string, look: Look = {}) => ({
      ...common(object, name, label, look),
      type: FieldType.NUMBER as const,
      universalSettings: { dataType: NumberDataType.INT, decimals: 0 },
    }),
    decimal: (name: string, label: string, look: Look = {}) => ({
      ...common(object, name, label, look),
      type: FieldType.NUMBER as const,
      universalSettings: { dataType: NumberDataType.FLOAT, decimals: 2 },
    }),
    flag: (name: string, label: string, look: Look = {}) => ({
      ...common(object, name, label, look),
      type: FieldType.BOOLEAN as const,
      defaultValue: false,
    }),
    files: (name: string, label: string, look: Look = {}) => ({
      ...common(object, name, label, look),
      type: FieldType.FILES as const,
      universalSettings: { maxNumberOfValues: 10 },
    }),
    select: (
      name: string,
      label: string,
      choices: readonly Choice[],
      look: Look & { readonly initial?: string } = {},
    ) => ({
      ...common(object, name, label, look),
      type: FieldType.SELECT as const,
      options: optionsOf(object, name, choices),
      // The quotes are part of the value: Twenty reads the default as a database expression.
      defaultValue: look.initial === undefined ? null : `'${look.initial}'`,
    }),
    multiSelect: (name: string, label: string, choices: readonly Choice[], look: Look = {}) => ({
      ...common(object, name, label, look),
      type: FieldType.MULTI_SELECT as const,
      options: optionsOf(object, name, choices),
    }),
  };
}
