import '../records/records.css';
import { Loader, Modal, ScrollArea, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import { searchQuery } from '../../api/find.ts';
import { useSession, useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { useCalling } from '../records/call-button.tsx';
import { isPage, pageOf } from '../records/record-link.tsx';
import { useTwentyLink } from '../records/twenty.ts';
import { groupsOf, type Option, recentGroup } from './options.ts';
import { OptionLine } from './option-line.tsx';
import { lastOpened, noteOpened } from './recent.ts';

/** As fast as somebody types; every key alone would ask for letters that nobody meant. */
const PAUSE_MS = 120;

interface SearchProps {
  readonly onClose: () => void;
  readonly canCall: boolean;
}

/** People, companies, locations, cases and calls from one field, by keyboard alone. */
export function SearchDialog({ onClose, canCall }: SearchProps) {
  const texts = useTexts();
  const tenant = useTenant();
  const { member } = useSession();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS);
  const [active, setActive] = useState(0);
  const query = useQuery(searchQuery(tenant, asked));
  const choose = useChoosing(onClose);
  const listId = useId();
  const isAsking = text.trim().length > 1;
  const found = isAsking ? query.data : undefined;
  const groups =
    found === undefined
      ? recentGroup(isAsking ? [] : lastOpened(tenant, member.id), texts)
      : groupsOf(found, canCall, texts);
  const options = groups.flatMap((group) => group.options);
  const current = Math.min(active, options.length - 1);

  function onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setActive((current + step + options.length) % options.length);
    }
    if (event.key === 'Enter' && options[current] !== undefined) {
      event.preventDefault();
      choose(options[current]);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={texts.records.searchLong}
      withCloseButton={false}
      size="lg"
      padding={0}
      yOffset="10dvh"
      classNames={{ header: 'visually-hidden' }}
    >
      <TextInput
        size="lg"
        variant="unstyled"
        className="search-field"
        leftSection={<IconSearch size={20} aria-hidden />}
        rightSection={query.isFetching && isAsking ? <Loader size="xs" aria-hidden /> : undefined}
        placeholder={texts.records.searchHint}
        aria-label={texts.records.searchLong}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(options[current] === undefined ? {} : { 'aria-activedescendant': `${listId}-${options[current].key}` })}
        autoComplete="off"
        maxLength={200}
        value={text}
        data-autofocus
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKey}
      />
      <ScrollArea.Autosize mah="60dvh" type="auto">
        <div id={listId} role="listbox" aria-label={texts.records.searchLong} className="search-list">
          {groups.map(({ title, options: own }) => (
            <div key={title} role="group" aria-label={title}>
              <Text size="xs" fw={600} c="dimmed" className="search-title" aria-hidden>
                {title}
              </Text>
              {own.map((option) => (
                <OptionLine
                  key={option.key}
                  id={`${listId}-${option.key}`}
                  option={option}
                  isActive={options[current] === option}
                  onPoint={() => setActive(options.indexOf(option))}
                  onChoose={() => choose(option)}
                />
              ))}
            </div>
          ))}
        </div>
        <Note
          text={text.trim()}
          isFound={options.length > 0}
          found={found}
          error={query.isError ? query.error : undefined}
        />
      </ScrollArea.Autosize>
      <Text size="xs" c="dimmed" className="search-keys" visibleFrom="sm">
        {texts.records.keys}
      </Text>
      <div role="status" className="visually-hidden">
        {found === undefined ? '' : texts.records.results(options.length)}
      </div>
    </Modal>
  );
}

interface NoteProps {
  readonly text: string;
  readonly isFound: boolean;
  readonly found: { readonly number: unknown; readonly hits: readonly unknown[] } | undefined;
  readonly error: unknown;
}

/** What there is to say where nothing is listed. */
function Note({ text, isFound, found, error }: NoteProps) {
  const { records } = useTexts();
  if (error !== undefined) return <ProblemNote error={error} />;
  const words = () => {
    if (text.length < 2) return isFound ? undefined : records.begin;
    if (found === undefined) return undefined;
    if (found.number !== null && found.hits.length === 0) return records.unknownNumber;
    return isFound ? undefined : `${records.nothing(text)} ${records.nothingHint}`;
  };
  const note = words();
  if (note === undefined) return undefined;
  return (
    <Text size="sm" c="dimmed" className="search-note">
      {note}
    </Text>
  );
}

/** Opens a page here, a record in Twenty, or calls. */
function useChoosing(onClose: () => void): (option: Option) => void {
  const tenant = useTenant();
  const { member } = useSession();
  const navigate = useNavigate();
  const twenty = useTwentyLink();
  const calling = useCalling();
  const open = (object: string, id: string) => {
    const address = twenty(object, id);
    if (isPage(object)) void navigate({ to: pageOf(object), params: { tenant, id } });
    else if (address !== undefined) window.open(address, '_blank', 'noreferrer');
  };
  return (option) => {
    onClose();
    if (option.kind === 'dial') return calling.mutate(option.number);
    if (option.kind === 'phoneCall') {
      const { person, location, company } = option.call;
      if (person !== null) return open('person', person.id);
      if (location !== null) return open('location', location.id);
      return company === null ? open('phoneCall', option.call.id) : open('company', company.id);
    }
    noteOpened(tenant, member.id, { kind: option.kind, id: option.id, title: option.title });
    open(option.kind, option.id);
  };
}
