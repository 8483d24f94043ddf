import type { PluginContext } from '@switchboard/core/contract';
import type { Config } from './config.ts';

export type Context = PluginContext<Config>;
