import '../records/records.css';
import './said.css';
import { Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconMessageSearch, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTenant } from '../../api/session.ts';
import { type FoundTranscript, saidQuery } from '../../api/transcripts.ts';
import { clock } from '../../desk/words.ts';
import { Empty } from '../../kit/empty.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { Highlighted } from './highlight.tsx';

const TYPING_MS = 350;

/** Calls in which something was said. */
export function SaidPage() {
  const { said } = useTexts();
  const { q = '' } = useSearch({ from: '/$tenant/calls/said' });
  const navigate = useNavigate();
  const tenant = useTenant();
  const [text, setText] = useState(q);
  const ask = useDebouncedCallback((words: string) => {
    const search = words === '' ? {} : { q: words };
    void navigate({ to: '/$tenant/calls/said', params: { tenant }, search, replace: true });
  }, TYPING_MS);
  return (
    <Page title={said.searchTitle} intro={said.searchIntro}>
      <TextInput
        type="search"
        label={said.searchLabel}
        maw={480}
        maxLength={300}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          ask(currentTarget.value.trim());
        }}
      />
      <Section title={said.found} isTitleHidden>
        {q === '' ? (
          <Empty icon={IconMessageSearch} title={said.searchEmpty} hint={said.searchEmptyHint} />
        ) : (
          <Results words={q} />
        )}
      </Section>
    </Page>
  );
}

function Results({ words }: { readonly words: string }) {
  const { said } = useTexts();
  const query = useInfiniteQuery(saidQuery(useTenant(), words));
  return (
    <>
      <Loaded query={query} skeleton={<Lines count={5} height={64} />}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.found);
          if (found.length === 0)
            return <Empty icon={IconMessageSearch} title={said.noneFound} hint={said.noneFoundHint} />;
          return (
            <ol className="entry-list">
              {found.map((one) => (
                <Found
                  key={`${one.callId}/${one.recordingId}`}
                  found={one}
                  words={pages[0]?.words ?? []}
                  asked={words}
                />
              ))}
            </ol>
          );
        }}
      </Loaded>
      <MoreButton query={query} />
    </>
  );
}

interface FoundProps {
  readonly found: FoundTranscript;
  readonly words: readonly string[];
  readonly asked: string;
}

function Found({ found, words, asked }: FoundProps) {
  const { said, desk } = useTexts();
  const tenant = useTenant();
  const { callId, call, startedAt, hits, total } = found;
  const who = call.person?.name ?? call.phoneNumber ?? desk.withheld;
  const direction = desk.directions[call.direction ?? ''] ?? '';
  return (
    <li className="entry-line">
      <div className="entry-words">
        <Text size="sm" fw={600} component="div">
          <Link to="/$tenant/calls/$id" params={{ tenant, id: callId }} search={{ q: asked }} className="record-link">
            {who}
          </Link>
        </Text>
        <Text size="xs" c="dimmed">
          {direction}
          {direction !== '' && ' · '}
          <Moment at={startedAt} />
        </Text>
        <ul className="said-hits">
          {hits.map(({ number, fromMs, text, speaker }) => (
            <li key={number}>
              <Link
                to="/$tenant/calls/$id"
                params={{ tenant, id: callId }}
                search={fromMs === null ? { q: asked } : { q: asked, at: fromMs / 1000 }}
                className="said-hit"
              >
                <span className="said-head">
                  {fromMs !== null && <span className="figures">{clock(fromMs)}</span>}{' '}
                  {speaker === 'agent' ? said.agent : speaker === 'caller' ? said.caller : ''}
                </span>{' '}
                <Highlighted text={text} words={words} />
              </Link>
            </li>
          ))}
        </ul>
        {total > hits.length && (
          <Text size="xs" c="dimmed">
            {said.more(total - hits.length)}
          </Text>
        )}
      </div>
    </li>
  );
}
