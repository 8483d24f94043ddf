import { TagsInput, Text } from '@mantine/core';
import type { Contact } from '../../api/mail.ts';
import { useTexts } from '../../texts/index.ts';
import { addressIn, written } from './draft.ts';

interface PeopleFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: readonly string[];
  readonly contacts: readonly Contact[];
  readonly error: string | undefined;
  readonly onChange: (value: string[]) => void;
  readonly isFirst?: boolean;
}

const order = ['contact', 'location', 'customer', 'participant'] as const;

/** Whom a mail goes to: contacts of the record, grouped by what they are there, and any other address. */
export function PeopleField({ label, hint, value, contacts, error, onChange, isFirst = false }: PeopleFieldProps) {
  const { mail } = useTexts();
  const reachable = contacts.flatMap(({ name, address, role }) =>
    address === null ? [] : [{ role, value: written({ name, address }) }],
  );
  const offered = [...new Map(reachable.map((one) => [addressIn(one.value).toLowerCase(), one])).values()];
  const data = order.flatMap((role) => {
    const items = offered.filter((one) => one.role === role).map((one) => one.value);
    return items.length === 0 ? [] : [{ group: mail.roles[role], items }];
  });
  return (
    <TagsInput
      label={label}
      {...(hint === undefined ? {} : { description: hint })}
      placeholder={value.length === 0 ? mail.toPlaceholder : ''}
      value={[...value]}
      onChange={onChange}
      data={data}
      splitChars={[',', ';']}
      isDuplicate={(text, current) => current.some((one) => sameAddress(one, text))}
      error={error}
      comboboxProps={{ withinPortal: true, zIndex: 500 }}
      {...(isFirst ? { 'data-autofocus': true } : {})}
    />
  );
}

const sameAddress = (one: string, other: string) => addressIn(one).toLowerCase() === addressIn(other).toLowerCase();

/** What is known against those who are written to, and who cannot be. */
export function PeopleNotes({
  chosen,
  contacts,
}: {
  readonly chosen: readonly string[];
  readonly contacts: readonly Contact[];
}) {
  const { mail } = useTexts();
  const written_ = new Set(chosen.map((one) => addressIn(one).toLowerCase()));
  const troubled = contacts.filter(
    ({ address, trouble }) => trouble !== null && written_.has(address?.toLowerCase() ?? ''),
  );
  const silent = contacts.filter(({ address, role }) => address === null && role === 'contact').map(({ name }) => name);
  return (
    <>
      {silent.length > 0 && (
        <Text size="sm" c="dimmed">
          {mail.withoutAddress(silent.join(', '))}
        </Text>
      )}
      {troubled.map(({ address, trouble }) => (
        <Text key={address} size="sm" className="mail-warning" role="status">
          {mail.trouble[trouble!.state](address!, trouble!.reason)}
        </Text>
      ))}
    </>
  );
}
