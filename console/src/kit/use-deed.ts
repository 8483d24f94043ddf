import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTexts } from '../texts/index.ts';
import { inWords } from './in-words.ts';

interface Deed<In, Out> {
  readonly act: (input: In) => Promise<Out>;
  /** Said when it is done; undefined where it came to nothing that is worth a word. */
  readonly done?: (answer: Out) => string | undefined;
  /** Keys of what is to be asked anew. */
  readonly touches: readonly string[];
  readonly onDone?: (answer: Out) => void;
  /** The page shows the problem itself. */
  readonly isQuiet?: boolean;
}

/** Something a person does: it is done, what follows from it is asked anew, and the person is told. */
export function useDeed<In, Out>({ act, done, touches, onDone, isQuiet = false }: Deed<In, Out>) {
  const texts = useTexts();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer) => {
      const message = done?.(answer);
      if (message !== undefined) notifications.show({ message, color: 'green' });
      onDone?.(answer);
      await Promise.all(touches.map(async (key) => await queries.invalidateQueries({ queryKey: [key] })));
    },
    onError: (error) => {
      if (isQuiet) return;
      const { title, remedy } = inWords(error, texts);
      notifications.show({ title, message: remedy, color: 'red', autoClose: 10_000 });
    },
  });
}
