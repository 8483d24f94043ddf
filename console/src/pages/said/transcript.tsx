import { Button, Group, Menu, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown, IconChevronUp, IconCopy, IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTenant } from '../../api/session.ts';
import { exportAddress, type Rights, type Transcript } from '../../api/transcripts.ts';
import { clock } from '../../desk/words.ts';
import { useTexts } from '../../texts/index.ts';
import { CorrectLine } from './correct-line.tsx';
import { partsOf, wordsIn } from './highlight.tsx';
import { Line } from './line.tsx';
import type { Player } from './use-player.ts';

interface TranscriptProps {
  readonly transcript: Transcript;
  readonly rights: Rights;
  readonly caller: string;
  /** Undefined where the sound is gone. */
  readonly player: Player | undefined;
  readonly searched: string;
}

/** Who said what, in step with the sound. */
export function SaidText({ transcript, rights, caller, player, searched }: TranscriptProps) {
  const [search, setSearch] = useState(searched);
  const [found, setFound] = useState(0);
  const [correcting, setCorrecting] = useState<number>();
  const { lines } = transcript;
  const words = wordsIn(search);
  const hits = words.length === 0 ? [] : lines.filter(({ text }) => partsOf(text, words).some(({ isHit }) => isHit));
  const current = hits[Math.min(found, hits.length - 1)]?.number;
  const heard = player === undefined || player.at === 0 ? undefined : lineAt(transcript, player.at * 1000);
  return (
    <div className="said">
      <Group gap="xs" justify="space-between" mb="xs">
        <Finder
          value={search}
          onChange={(next) => {
            setSearch(next);
            setFound(0);
          }}
          at={hits.length === 0 ? 0 : Math.min(found, hits.length - 1) + 1}
          of={hits.length}
          onMove={(step) => setFound((found + step + hits.length) % Math.max(1, hits.length))}
        />
        <Take transcript={transcript} caller={caller} mayExport={rights.mayExport} />
      </Group>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls is to be reached by keyboard */}
      <ol className="said-list" tabIndex={0}>
        {lines.map((line) =>
          correcting === line.number ? (
            <CorrectLine
              key={line.number}
              transcript={transcript}
              line={line}
              onClose={() => setCorrecting(undefined)}
            />
          ) : (
            <Line
              key={line.number}
              line={line}
              caller={caller}
              isHeard={heard === line.number}
              isFound={current === line.number}
              words={words}
              onPlay={player?.playFrom}
              onCorrect={
                rights.mayCorrect && transcript.state === 'ready' ? () => setCorrecting(line.number) : undefined
              }
            />
          ),
        )}
      </ol>
    </div>
  );
}

interface FinderProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly at: number;
  readonly of: number;
  readonly onMove: (step: 1 | -1) => void;
}

function Finder({ value, onChange, at, of, onMove }: FinderProps) {
  const { said } = useTexts();
  return (
    <Group gap={4} wrap="nowrap">
      <TextInput
        size="xs"
        type="search"
        aria-label={said.searchHere}
        placeholder={said.searchHere}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        onKeyDown={({ key, shiftKey }) => {
          if (key === 'Enter' && of > 0) onMove(shiftKey ? -1 : 1);
        }}
      />
      {value.trim() !== '' && (
        <>
          <Text size="xs" role="status" className="figures">
            {said.foundHere(at, of)}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => onMove(-1)} aria-label={said.before}>
            <IconChevronUp size={14} aria-hidden />
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onMove(1)} aria-label={said.next}>
            <IconChevronDown size={14} aria-hidden />
          </Button>
        </>
      )}
    </Group>
  );
}

const formats = ['txt', 'vtt', 'json'] as const;

/** Copy, and files for those who may export. */
function Take({
  transcript,
  caller,
  mayExport,
}: {
  readonly transcript: Transcript;
  readonly caller: string;
  readonly mayExport: boolean;
}) {
  const { said } = useTexts();
  const tenant = useTenant();
  const names = { agent: said.agent, caller, unknown: '' };
  const copy = async () => {
    const text = transcript.lines
      .map(({ fromMs, speaker, state, text: words }) => {
        const head = [fromMs === null ? '' : clock(fromMs), names[speaker]].filter((part) => part !== '').join(' ');
        return `${head === '' ? '' : `${head}: `}${state === 'clear' ? words : `[${said.lineStates[state]}]`}`;
      })
      .join('\n');
    await navigator.clipboard.writeText(text);
    notifications.show({ message: said.copied, color: 'green' });
  };
  return (
    <Group gap="xs">
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCopy size={14} aria-hidden />}
        onClick={() => void copy().catch(() => notifications.show({ message: said.notCopied, color: 'red' }))}
      >
        {said.copy}
      </Button>
      {mayExport && transcript.state === 'ready' && (
        <Menu withinPortal={false}>
          <Menu.Target>
            <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />}>
              {said.export}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {formats
              .filter((format) => format !== 'vtt' || transcript.lines.some(({ fromMs }) => fromMs !== null))
              .map((format) => (
                <Menu.Item key={format} component="a" href={exportAddress(tenant, transcript, format)} download>
                  {said.formats[format]}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}

/** The last line that has begun by then. */
function lineAt({ lines }: Transcript, ms: number): number | undefined {
  return lines.findLast(({ fromMs }) => fromMs !== null && fromMs <= ms)?.number;
}
