import { type CheckLine, SwitchboardError } from '@switchboard/core/contract';
import type { Context } from './services.ts';

/** Whether Acme answers, and takes our key. */
export async function check({ services }: Context, signal: AbortSignal): Promise<CheckLine[]> {
  try {
    await services.client.ping(signal);
    return [{ name: 'API key', state: 'ok', detail: 'Acme answers and accepts the key.' }];
  } catch (error) {
    if (!(error instanceof SwitchboardError)) throw error;
    const remedy = error.remedy ?? 'Check the address and the API key in the settings.';
    return [{ name: 'API key', state: 'failed', detail: error.message, remedy }];
  }
}
