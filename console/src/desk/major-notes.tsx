import { Alert, Text } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { useSpeech } from '../texts/index.ts';
import type { Told } from './majors.ts';

/** A screen has room for so many beside the call. */
const MOST = 3;

/** Major malfunctions, for whoever is on the phone: what is announced, and until when it may last. */
export function MajorNotes({ told }: { readonly told: readonly Told[] }) {
  const {
    texts: { desk },
    times,
  } = useSpeech();
  return (
    <>
      {told.slice(0, MOST).map(({ id, title, place, announcement, expectedResolutionAt }) => (
        <Alert
          key={id}
          color="orange"
          icon={<IconSpeakerphone aria-hidden />}
          title={[title || desk.major, place].filter((part) => part !== '').join(' · ')}
          className="warn-note"
        >
          {announcement}
          {expectedResolutionAt !== null && (
            <Text size="xs">{desk.majorUntil(times.exact.format(new Date(expectedResolutionAt)))}</Text>
          )}
        </Alert>
      ))}
      {told.length > MOST && <Text size="xs">{desk.moreMajors(told.length - MOST)}</Text>}
    </>
  );
}
