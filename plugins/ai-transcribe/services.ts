import type { PluginContext } from '@switchboard/core/contract';
import type { Config } from './config.ts';
import type { SharedThreads } from './embedded/shared-threads.ts';
import type { Threads } from './embedded/threads.ts';
import { type Assistant, createAssistant } from './assist/assistant.ts';
import { createEngines } from './engines/choose.ts';
import type { Engine } from './engines/engine.ts';

/** What lives as long as a tenant's settings. */
export type Services = {
  readonly threads: Threads;
  /** Those that can work by the settings, in their order. */
  readonly engines: readonly Engine[];
  /** Whether texts of the telephone system are taken over. */
  readonly takesOver: boolean;
  /** Undefined unless it is wanted and has what it needs. */
  readonly assistant: Assistant | undefined;
};

export type Context = PluginContext<Config, Services>;

export function createServices({ config }: Pick<PluginContext<Config>, 'config'>, shared: SharedThreads): Services {
  const threads = shared.hold();
  return {
    threads,
    engines: createEngines(config, threads),
    takesOver: config.engines.split(' ').includes('3cx'),
    assistant: assistantOf(config),
  };
}

function assistantOf(config: Config): Assistant | undefined {
  const { assist, assistModel: model, assistUrl: baseUrl, assistPricePerMillion: pricePerMillion } = config;
  // A server of one's own may want no key, but the client does.
  const apiKey = config.assistKey ?? (baseUrl === undefined ? config.openaiKey : 'none');
  if (!assist || apiKey === undefined) return undefined;
  return createAssistant({ model, apiKey, baseUrl, pricePerMillion });
}
