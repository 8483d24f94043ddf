import { NumberInput, Text } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import type { FieldProps } from './frame.ts';
import { GroupFrame, valueOf } from './group-frame.tsx';
import './figures-field.css';

type Figures = Readonly<Record<string, number | null>>;

/** Numbers by name, such as percents per priority; or by two names, such as minutes per service level and kind. */
export function FiguresField({ setting, state, label, onEdit }: FieldProps) {
  const { cases } = useTexts();
  const value = valueOf({ setting, state }) as Readonly<Record<string, number | Figures>>;
  const rows = Object.entries(value);
  return (
    <GroupFrame setting={setting} state={state} label={label} gap="xs">
      {rows.map(([row, held]) => (
        <div key={row} className="figures-row">
          <Text size="sm">{cases.values[row] ?? row}</Text>
          {typeof held === 'number' ? (
            <Figure
              label={`${label}: ${cases.values[row] ?? row}`}
              value={held}
              onChange={(next) => onEdit(setting.name, { ...value, [row]: next ?? held })}
            />
          ) : (
            <Pair
              label={cases.values[row] ?? row}
              figures={held}
              onChange={(next) => onEdit(setting.name, { ...value, [row]: next })}
            />
          )}
        </div>
      ))}
    </GroupFrame>
  );
}

interface PairProps {
  readonly label: string;
  readonly figures: Figures;
  readonly onChange: (figures: Figures) => void;
}

function Pair({ label, figures, onChange }: PairProps) {
  const { caseWork } = useTexts();
  const names: Readonly<Record<string, string>> = {
    responseMinutes: caseWork.hours.response,
    resolveMinutes: caseWork.hours.resolve,
  };
  return Object.entries(figures).map(([part, held]) => (
    <Figure
      key={part}
      label={`${label}, ${names[part] ?? part}`}
      placeholder={names[part] ?? part}
      value={held}
      onChange={(next) => onChange({ ...figures, [part]: next })}
    />
  ));
}

interface FigureProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function Figure({ label, placeholder, value, onChange }: FigureProps) {
  return (
    <NumberInput
      aria-label={label}
      {...(placeholder === undefined ? {} : { description: placeholder, placeholder })}
      value={value ?? ''}
      onChange={(entered) => onChange(entered === '' ? null : Number(entered))}
      allowDecimal={false}
      min={1}
      max={525_600}
      hideControls
    />
  );
}
