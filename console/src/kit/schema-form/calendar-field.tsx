import { ActionIcon, Button, Checkbox, Fieldset, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTexts } from '../../texts/index.ts';
import type { FieldProps } from './frame.ts';
import { GroupFrame, valueOf } from './group-frame.tsx';
import './calendar-field.css';

interface Span {
  readonly from: string;
  readonly to: string;
}

type Week = Readonly<Record<string, readonly Span[]>>;

interface Holiday {
  readonly name: string;
  readonly date: string;
  readonly isYearly: boolean;
}

interface Calendar {
  readonly timeZone: string;
  readonly isAlways: boolean;
  readonly business: Week;
  readonly extended: Week;
  readonly holidays: readonly Holiday[];
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Hours of business per weekday, and the days on which nobody works. */
export function CalendarField({ setting, state, label, onEdit }: FieldProps) {
  const { caseWork } = useTexts();
  const { hours } = caseWork;
  const value = valueOf({ setting, state }) as Calendar;
  const put = (part: Partial<Calendar>) => onEdit(setting.name, { ...value, ...part });
  return (
    <GroupFrame setting={setting} state={state} label={label} gap="md">
      <Switch
        label={hours.always}
        checked={value.isAlways}
        onChange={({ currentTarget: { checked } }) => put({ isAlways: checked })}
      />
      <TextInput
        label={hours.zone}
        description={hours.zoneHint}
        value={value.timeZone}
        onChange={({ currentTarget }) => put({ timeZone: currentTarget.value.trim() })}
        spellCheck={false}
        maxLength={60}
        placeholder="Europe/Amsterdam"
      />
      {!value.isAlways && (
        <WeekPart label={hours.business} week={value.business} onChange={(business) => put({ business })} />
      )}
      <WeekPart label={hours.extended} week={value.extended} onChange={(extended) => put({ extended })} />
      <Holidays holidays={value.holidays} onChange={(holidays) => put({ holidays })} />
    </GroupFrame>
  );
}

interface WeekPartProps {
  readonly label: string;
  readonly week: Week;
  readonly onChange: (week: Week) => void;
}

function WeekPart({ label, week, onChange }: WeekPartProps) {
  const { caseWork } = useTexts();
  const { hours } = caseWork;
  return (
    <Fieldset legend={label} variant="unstyled">
      {weekdays.map((day) => {
        const spans = week[day] ?? [];
        const put = (next: readonly Span[]) => onChange({ ...week, [day]: next });
        const dayName = hours.days[day] ?? day;
        return (
          <div key={day} className="calendar-day">
            <Text size="sm" className="calendar-name">
              {dayName}
            </Text>
            <div className="calendar-spans">
              {spans.length === 0 && (
                <Text size="sm" c="dimmed">
                  {hours.closed}
                </Text>
              )}
              {spans.map((span, index) => (
                <SpanLine
                  // Two parts of a day may be alike while one of them is typed.
                  key={`${day}${index}`}
                  day={`${label}, ${dayName}`}
                  span={span}
                  onChange={(next) => put(spans.map((one, at) => (at === index ? next : one)))}
                  onRemove={() => put(spans.filter((_one, at) => at !== index))}
                />
              ))}
            </div>
            {spans.length < 6 && (
              <ActionIcon
                variant="default"
                onClick={() => put([...spans, nextSpan(spans)])}
                aria-label={`${hours.addSpan}: ${label}, ${dayName}`}
                title={hours.addSpan}
              >
                <IconPlus size={15} aria-hidden />
              </ActionIcon>
            )}
          </div>
        );
      })}
    </Fieldset>
  );
}

function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1)?.to ?? '';
  return last === '' ? { from: '08:00', to: '17:00' } : { from: last, to: last < '20:00' ? '20:00' : '24:00' };
}

interface SpanLineProps {
  readonly day: string;
  readonly span: Span;
  readonly onChange: (span: Span) => void;
  readonly onRemove: () => void;
}

/** Text and not a clock: midnight at the end of a day is 24:00, which no clock has. */
function SpanLine({ day, span, onChange, onRemove }: SpanLineProps) {
  const { caseWork } = useTexts();
  const { hours } = caseWork;
  const field = (part: 'from' | 'to') => (
    <TextInput
      aria-label={`${day}, ${hours[part]}`}
      value={span[part]}
      onChange={({ currentTarget }) => onChange({ ...span, [part]: currentTarget.value })}
      maxLength={5}
      placeholder="08:00"
      className="calendar-time"
      error={!isTime(span[part]) || (part === 'to' && isTime(span.from) && span.to <= span.from)}
    />
  );
  return (
    <Group gap={6} wrap="nowrap">
      {field('from')}
      <span aria-hidden>–</span>
      {field('to')}
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={onRemove}
        aria-label={`${hours.removeSpan}: ${day}`}
        title={hours.removeSpan}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

const isTime = (text: string) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

interface HolidaysProps {
  readonly holidays: readonly Holiday[];
  readonly onChange: (holidays: readonly Holiday[]) => void;
}

function Holidays({ holidays, onChange }: HolidaysProps) {
  const { caseWork } = useTexts();
  const { hours } = caseWork;
  const put = (index: number, part: Partial<Holiday>) =>
    onChange(holidays.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <Fieldset legend={hours.holidays} variant="unstyled">
      <Stack gap="xs">
        {holidays.map((holiday, index) => (
          <div key={`holiday${index}`} className="calendar-holiday">
            <TextInput
              type="date"
              aria-label={`${hours.date} ${index + 1}`}
              value={holiday.date}
              onChange={({ currentTarget }) => put(index, { date: currentTarget.value })}
              error={holiday.date === ''}
            />
            <TextInput
              aria-label={`${hours.name} ${index + 1}`}
              placeholder={hours.name}
              value={holiday.name}
              maxLength={80}
              onChange={({ currentTarget }) => put(index, { name: currentTarget.value })}
            />
            <Checkbox
              label={hours.yearly}
              checked={holiday.isYearly}
              onChange={({ currentTarget: { checked } }) => put(index, { isYearly: checked })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={() => onChange(holidays.filter((_one, at) => at !== index))}
              aria-label={`${hours.removeHoliday}: ${holiday.name || holiday.date || index + 1}`}
              title={hours.removeHoliday}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => onChange([...holidays, { name: '', date: '', isYearly: false }])}
          >
            {hours.addHoliday}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}
