import { ActionIcon, Text, UnstyledButton } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { SaidLine } from '../../api/transcripts.ts';
import { clock } from '../../desk/words.ts';
import { Moment } from '../../kit/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import { Highlighted } from './highlight.tsx';

interface LineProps {
  readonly line: SaidLine;
  /** The other side, by name. */
  readonly caller: string;
  readonly isHeard: boolean;
  /** The one that the search stands at. */
  readonly isFound: boolean;
  readonly words: readonly string[];
  /** Undefined where nothing can be played. */
  readonly onPlay: ((seconds: number) => void) | undefined;
  readonly onCorrect: (() => void) | undefined;
}

/** What one side says in one breath. */
export function Line({ line, caller, isHeard, isFound, words, onPlay, onCorrect }: LineProps) {
  const { said } = useTexts();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isHeard || isFound) show(place.current);
  }, [isHeard, isFound]);
  const { speaker, fromMs } = line;
  const who = speaker === 'caller' ? caller : speaker === 'agent' ? said.agent : '';
  const at = fromMs === null ? '' : clock(fromMs);
  const body = (
    <>
      <span className="said-head">
        {at !== '' && <span className="figures">{at}</span>} {who}
      </span>
      <Words line={line} words={words} />
    </>
  );
  return (
    <li
      ref={place}
      className={`said-line said-${speaker}${isHeard ? ' said-now' : ''}${isFound ? ' said-found' : ''}`}
      aria-current={isHeard ? 'true' : undefined}
    >
      <div className="said-bubble">
        {onPlay === undefined || fromMs === null ? (
          <div className="said-words">{body}</div>
        ) : (
          <UnstyledButton className="said-words" onClick={() => onPlay(fromMs / 1000)} title={said.playFrom(at)}>
            {body}
          </UnstyledButton>
        )}
        {onCorrect !== undefined && (
          <ActionIcon variant="subtle" color="gray" onClick={onCorrect} aria-label={said.correct(at || who)}>
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <Corrected line={line} />
    </li>
  );
}

function Words({ line: { state, text }, words }: Pick<LineProps, 'line' | 'words'>) {
  const { said } = useTexts();
  if (state === 'clear')
    return (
      <span className="said-text">
        <Highlighted text={text} words={words} />
      </span>
    );
  return <em className="said-text said-without">{said.lineStates[state]}</em>;
}

function Corrected({ line: { correction } }: Pick<LineProps, 'line'>) {
  const { said } = useTexts();
  if (correction === null) return undefined;
  const { by, at, original } = correction;
  return (
    <Text size="xs" c="dimmed" component="div" className="said-corrected">
      {said.correctedBy(by)} <Moment at={at} />
      {' · '}
      {original === '' ? said.wasUnclear : said.was(original)}
    </Text>
  );
}

/** Inside the list alone: the page stays where the person has it. */
function show(element: HTMLElement | null): void {
  const list = element?.closest<HTMLElement>('.said-list');
  if (element === null || list === null || list === undefined) return;
  const top = element.offsetTop - list.offsetTop;
  const isSeen = top >= list.scrollTop && top + element.offsetHeight <= list.scrollTop + list.clientHeight;
  if (!isSeen) list.scrollTo({ top: top - list.clientHeight / 3 });
}
