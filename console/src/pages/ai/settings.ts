import { configurePlugin } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

/** As they are stored; what nobody has set is absent. */
export type Settings = Plugin['config'];

export const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
export const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** The engines in their order. */
export const enginesOf = (settings: Settings): string[] => [
  ...new Set(textOf(settings['engines'], '3cx embedded').split(' ')),
];

/** Changes settings of the transcription. @param onDone the page shows what is stored again */
export function useSave(onDone: () => void) {
  const { plugins } = useTexts();
  const tenant = useTenant();
  return useDeed({
    act: (changes: Settings) => configurePlugin(tenant, 'ai-transcribe', changes),
    done: () => plugins.saved,
    touches: ['plugins', 'preparations', 'work'],
    onDone,
    isQuiet: true,
  });
}
