/** What each model takes, by the API reference of November 2026. */
export interface Model {
  readonly formats: readonly string[];
  readonly logprobs: boolean;
  /** `languages[]` and `keywords[]` go with one model alone. */
  readonly hints: boolean;
  readonly diarizes: boolean;
}

const gpt4o: Model = { formats: ['json'], logprobs: true, hints: false, diarizes: false };

export const models: Readonly<Record<string, Model>> = {
  'gpt-transcribe': { formats: ['json'], logprobs: false, hints: true, diarizes: false },
  'gpt-4o-transcribe': gpt4o,
  'gpt-4o-mini-transcribe': gpt4o,
  'gpt-4o-mini-transcribe-2025-12-15': gpt4o,
  'gpt-4o-transcribe-diarize': {
    formats: ['json', 'text', 'diarized_json'],
    logprobs: false,
    hints: false,
    diarizes: true,
  },
  'whisper-1': {
    formats: ['json', 'text', 'srt', 'verbose_json', 'vtt'],
    logprobs: false,
    hints: false,
    diarizes: false,
  },
};
