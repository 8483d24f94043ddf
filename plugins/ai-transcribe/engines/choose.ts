import type { Config } from '../config.ts';
import type { Threads } from '../embedded/threads.ts';
import { createEmbedded } from './embedded.ts';
import type { Engine, EngineName } from './engine.ts';
import { createOpenAi } from './openai.ts';

/** The engines of a tenant in their order; without those that lack a setting or do not know the language. */
export function createEngines(config: Config, threads: Threads): Engine[] {
  const names = [...new Set(config.engines.split(' '))] as EngineName[];
  return names.flatMap((name) => createEngine(name, config, threads) ?? []);
}

/** What keeps an engine from working; undefined where nothing does. */
export function lackOf(name: EngineName, config: Config): 'key' | 'address' | 'language' | undefined {
  if (name === 'openai' && config.openaiKey === undefined) return 'key';
  if (name === 'openai-compatible' && config.compatibleUrl === undefined) return 'address';
  return name === 'embedded' && config.language !== 'auto' && config.language !== 'en' ? 'language' : undefined;
}

function createEngine(name: EngineName, config: Config, threads: Threads): Engine | undefined {
  const language = config.language === 'auto' ? undefined : config.language;
  switch (name) {
    case 'embedded':
      return language === undefined || language === 'en' ? createEmbedded(threads) : undefined;
    case 'openai':
      return config.openaiKey === undefined
        ? undefined
        : createOpenAi({
            name,
            language,
            apiKey: config.openaiKey,
            model: config.openaiModel,
            answers: config.openaiAnswers,
            pricePerMinute: config.openaiPricePerMinute,
          });
    case 'openai-compatible':
      return config.compatibleUrl === undefined
        ? undefined
        : createOpenAi({
            name,
            language,
            // The client wants one; a server without keys does not look at it.
            apiKey: config.compatibleKey ?? 'none',
            baseUrl: config.compatibleUrl,
            model: config.compatibleModel,
            answers: config.compatibleAnswers,
            pricePerMinute: config.compatiblePricePerMinute,
          });
    default:
      // 3CX wrote long ago: see events/recording-available.ts.
      return undefined;
  }
}
