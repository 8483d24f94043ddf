import { setTimeout as delay } from 'node:timers/promises';
import { type BackendFactory, PostgresConnection, type PostgresConnectionOptions, runMigrations } from 'bullmq';
import { SmallBatchBackend } from './small-batches.ts';

const longestPauseMs = 5000;

/**
 * A connection that prepares BullMQ's schema until it succeeds. BullMQ's own remembers its first failure for ever, and its workers then
 * ask again and again without a pause, so that one connection that breaks at the start would stop the whole process (bullmq 6.7.0, seen).
 */
class PatientConnection extends PostgresConnection {
  #ready: Promise<void> | undefined;

  override async waitUntilReady(): Promise<void> {
    this.#ready ??= this.#prepare();
    await this.#ready;
  }

  async #prepare(): Promise<void> {
    for (let pauseMs = 100; !this.isClosing; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await this.#migrate();
        setTimeout(() => this.emit('ready'), 0);
        return;
      } catch (error) {
        if (this.listenerCount('error') > 0) this.emit('error', error);
        await delay(pauseMs);
      }
    }
  }

  async #migrate(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await runMigrations(client, this.schema);
    } catch (error) {
      client.release(true);
      throw error;
    }
    client.release();
  }
}

/** As BullMQ's own factory, on a patient connection. A worker's dedicated connection carries the queue's name. */
export const createPatientBackend: BackendFactory = (name, options, { withBlockingConnection, blocking } = {}) => {
  const connection = new PatientConnection(options.connection as PostgresConnectionOptions);
  const ending = blocking ? ':qe' : '';
  const listenName = withBlockingConnection || blocking ? `${name}${ending}` : undefined;
  return new SmallBatchBackend(connection, name, options as never, true, listenName);
};
