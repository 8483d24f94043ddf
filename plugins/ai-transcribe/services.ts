import type { PluginContext } from '@switchboard/core/contract';
import type { Config } from './config.ts';
import type { SharedThreads } from './embedded/shared-threads.ts';
import type { Threads } from './embedded/threads.ts';
import { createEngines } from './engines/choose.ts';
import type { Engine } from './engines/engine.ts';

/** What lives as long as a tenant's settings. */
export type Services = {
  readonly threads: Threads;
  /** Those that can work by the settings, in their order. */
  readonly engines: readonly Engine[];
  /** Whether texts of the telephone system are taken over. */
  readonly takesOver: boolean;
};

export type Context = PluginContext<Config, Services>;

export function createServices({ config }: Pick<PluginContext<Config>, 'config'>, shared: SharedThreads): Services {
  const threads = shared.hold();
  return {
    threads,
    engines: createEngines(config, threads),
    takesOver: config.engines.split(' ').includes('3cx'),
  };
}
