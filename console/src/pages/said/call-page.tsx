import './said.css';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconLock, IconMicrophoneOff } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Problem } from '../../api/client.ts';
import { oneCallQuery, type RecentCall } from '../../api/desk.ts';
import { useMay, useSession, useTenant } from '../../api/session.ts';
import { type Recording, recordingsQuery, type Transcripts, transcriptsQuery } from '../../api/transcripts.ts';
import { CaseLink } from '../../desk/case-link.tsx';
import { clock } from '../../desk/words.ts';
import { Empty } from '../../kit/empty.tsx';
import { Lines, Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Page } from '../../kit/page.tsx';
import { type Texts, useTexts } from '../../texts/index.ts';
import { RecordLink } from '../records/record-link.tsx';
import { type Piece, RecordingSection } from './recording.tsx';
import { useCallNews } from './use-call-news.ts';

/** One call: with whom, what was said, and its sound. */
export function CallPage() {
  const { id } = useParams({ from: '/$tenant/calls/$id' });
  const texts = useTexts();
  const tenant = useTenant();
  const call = useQuery({ ...oneCallQuery(tenant, id), retry: false });
  const title = call.data === undefined ? texts.said.call : whoIs(call.data, texts);
  return (
    <Stack gap="xs">
      <Anchor
        renderRoot={(props) => <Link {...props} to="/$tenant/calls" params={{ tenant }} />}
        size="sm"
        className="back"
      >
        <IconChevronLeft size={15} aria-hidden /> {texts.desk.page.title}
      </Anchor>
      <Page title={title}>
        <Loaded query={call} skeleton={<Lines count={1} height={22} />}>
          {(known) => <Facts call={known} />}
        </Loaded>
        <Said callId={id} caller={call.data === undefined ? texts.said.caller : whoIs(call.data, texts)} />
      </Page>
    </Stack>
  );
}

function whoIs({ person, location, company, phoneNumber }: RecentCall, { desk }: Texts): string {
  return person?.name ?? location?.name ?? company?.name ?? (phoneNumber || desk.withheld);
}

function Facts({ call }: { readonly call: RecentCall }) {
  const { desk, said } = useTexts();
  const { direction, outcome, durationSeconds, phoneNumber, agentName, startedAt, person, company, serviceCase } = call;
  const length = durationSeconds !== null && durationSeconds > 0 ? clock(durationSeconds * 1000) : undefined;
  const facts = [
    desk.directions[direction ?? ''],
    desk.outcomes[outcome ?? ''],
    length,
    person === null && company === null ? undefined : phoneNumber,
    agentName,
  ];
  return (
    <Group gap="md" className="call-facts">
      <Text size="sm">
        {facts.filter((fact) => fact != null && fact !== '').join(' · ')}
        {startedAt !== null && (
          <>
            {' · '}
            <Moment at={startedAt} />
          </>
        )}
      </Text>
      {person !== null && (
        <Text size="sm" component="div">
          <RecordLink object="person" id={person.id}>
            {said.allAbout(person.name)}
          </RecordLink>
        </Text>
      )}
      {serviceCase !== null && (
        <Text size="sm" component="div">
          {said.about} <CaseLink id={serviceCase.id}>{serviceCase.name}</CaseLink>
        </Text>
      )}
    </Group>
  );
}

function Said({ callId, caller }: { readonly callId: string; readonly caller: string }) {
  const { said } = useTexts();
  const may = useMay();
  if (!may('recordings.listen')) return <Empty icon={IconLock} title={said.notYours} hint={said.notYoursHint} />;
  return <Pieces callId={callId} caller={caller} />;
}

const nothing: Transcripts = {
  transcripts: [],
  suggestions: [],
  mayCorrect: false,
  mayExport: false,
  mayMakeAgain: false,
};

function Pieces({ callId, caller }: { readonly callId: string; readonly caller: string }) {
  const { said } = useTexts();
  const tenant = useTenant();
  const { plugins } = useSession();
  const { at, q } = useSearch({ from: '/$tenant/calls/$id' });
  const [used, setUsed] = useState<string>();
  useCallNews(callId);
  const hasText = plugins.includes('ai-transcribe');
  const hasSound = plugins.includes('threecx');
  const transcripts = useQuery({ ...transcriptsQuery(tenant, callId), enabled: hasText, retry: isWorthIt });
  const recordings = useQuery({ ...recordingsQuery(tenant, callId), enabled: hasSound, retry: isWorthIt });
  return (
    <WhenThere query={transcripts} without={hasText ? undefined : nothing}>
      {({ transcripts: texts, suggestions, ...rights }) => (
        <WhenThere query={recordings} without={hasSound ? undefined : []}>
          {(sounds) => {
            const pieces = piecesOf({ transcripts: texts, suggestions }, sounds);
            if (pieces.length === 0)
              return <Empty icon={IconMicrophoneOff} title={said.notRecorded} hint={said.notRecordedHint} />;
            const [only] = pieces;
            return pieces.map((piece) => (
              <RecordingSection
                key={piece.id}
                callId={callId}
                piece={piece}
                rights={rights}
                caller={caller}
                isCurrent={piece.id === (used ?? only?.id)}
                onUse={() => setUsed(piece.id)}
                opensAt={{ seconds: pieces.length === 1 ? at : undefined, words: q ?? '' }}
              />
            ));
          }}
        </WhenThere>
      )}
    </WhenThere>
  );
}

interface WhenThereProps<T> {
  readonly query: UseQueryResult<T>;
  /** Stands for the answer of a plugin that the workspace does not have. */
  readonly without: T | undefined;
  readonly children: (data: T) => ReactNode;
}

function WhenThere<T>({ query, without, children }: WhenThereProps<T>) {
  if (without !== undefined) return children(without);
  return (
    <Loaded query={query} skeleton={<Lines count={6} height={48} />}>
      {children}
    </Loaded>
  );
}

const isWorthIt = (count: number, error: Error): boolean =>
  count < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500);

/** Sound and text of one recording together, the earliest first. */
function piecesOf(
  { transcripts, suggestions }: Pick<Transcripts, 'transcripts' | 'suggestions'>,
  recordings: readonly Recording[],
): Piece[] {
  const ids = new Set([...recordings.map(({ id }) => String(id)), ...transcripts.map((one) => one.recordingId)]);
  return [...ids]
    .map((id) => {
      const recording = recordings.find((one) => String(one.id) === id);
      const suggestion = suggestions.find((one) => one.recordingId === id);
      const transcript = transcripts.find(({ recordingId }) => recordingId === id);
      return {
        id,
        recording,
        transcript,
        suggestion,
        startedAt: recording?.startedAt ?? transcript?.startedAt ?? '',
        extension: recording?.extension ?? transcript?.agentExtension ?? '',
      };
    })
    .toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
}
