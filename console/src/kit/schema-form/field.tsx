import { NumberInput, Select, Skeleton, Switch, TagsInput, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTexts } from '../../texts/index.ts';
import { type FieldProps, frame } from './frame.ts';
import { SecretField } from './secret-field.tsx';

const CalendarField = lazy(async () => ({ default: (await import('./calendar-field.tsx')).CalendarField }));
const FiguresField = lazy(async () => ({ default: (await import('./figures-field.tsx')).FiguresField }));

export function Field(props: FieldProps) {
  const { schema } = props.setting;
  if (schema.editor !== undefined) {
    const Editor = schema.editor === 'calendar' ? CalendarField : FiguresField;
    return (
      <Suspense fallback={<Skeleton height={240} radius="md" />}>
        <Editor {...props} />
      </Suspense>
    );
  }
  if (schema.secret === true) return <SecretField {...props} />;
  if (schema.type === 'boolean') return <YesNo {...props} />;
  if (schema.enum !== undefined) return <Choice {...props} />;
  if (schema.type === 'integer' || schema.type === 'number') return <Figure {...props} />;
  if (schema.type === 'array') return <Several {...props} />;
  return <Line {...props} />;
}

const valueOf = ({ setting: { name, schema }, state: { edited, stored } }: FieldProps): unknown =>
  name in edited ? edited[name] : (stored[name] ?? schema.default);

function Line(props: FieldProps) {
  const { name, schema } = props.setting;
  const value = valueOf(props);
  return (
    <TextInput
      {...frame(props)}
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) => props.onEdit(name, currentTarget.value || null)}
      spellCheck={false}
      autoComplete="off"
      {...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength })}
    />
  );
}

function YesNo(props: FieldProps) {
  const { withAsterisk: _asterisk, ...rest } = frame(props);
  return (
    <Switch
      {...rest}
      checked={valueOf(props) === true}
      onChange={({ currentTarget: { checked } }) => props.onEdit(props.setting.name, checked)}
    />
  );
}

function Choice(props: FieldProps) {
  const { name, schema, isRequired } = props.setting;
  const value = valueOf(props);
  const texts = useTexts();
  return (
    <Select
      {...frame(props)}
      data={[...(schema.enum ?? [])]}
      value={typeof value === 'string' ? value : null}
      onChange={(chosen) => props.onEdit(name, chosen)}
      placeholder={texts.plugins.choose}
      clearable={!isRequired && schema.default === undefined}
      allowDeselect={false}
    />
  );
}

function Figure(props: FieldProps) {
  const { name, schema } = props.setting;
  const value = valueOf(props);
  return (
    <NumberInput
      {...frame(props)}
      value={typeof value === 'number' ? value : ''}
      onChange={(entered) => props.onEdit(name, entered === '' ? null : Number(entered))}
      allowDecimal={schema.type === 'number'}
      clampBehavior="none"
      hideControls
      classNames={{ wrapper: 'figure' }}
      {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
      {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
    />
  );
}

function Several(props: FieldProps) {
  const value = valueOf(props);
  return (
    <TagsInput
      {...frame(props)}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(entered) => props.onEdit(props.setting.name, entered)}
    />
  );
}
