import { startRun } from './run.ts';
import { targetFromEnvironment } from './target.ts';

/** Prepares the run; the teardown and an interrupt undo it. */
export default async function globalSetup() {
  const stopDatabase = targetFromEnvironment() ? async () => {} : await startDatabase();
  const closeRun = await startRun().catch(async (error) => {
    await stopDatabase();
    throw error;
  });
  const close = once(async () => {
    try {
      await closeRun();
    } finally {
      await stopDatabase();
    }
  });
  globalThis.closeContract = close;
  // An interrupted jest runs no teardown, and what the run created would stay in a real workspace. Ctrl-C arrives
  // from the terminal and again from the runner, so a second signal must not end what the first began.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void close().finally(() => process.exit(1)));
}

function once(work) {
  let result;
  return () => (result ??= work());
}

/** Loaded for the stand-in only: a real server brings its own database. */
async function startDatabase() {
  const { default: start } = await import('../../../testing/global-setup.mjs');
  const { default: stop } = await import('../../../testing/global-teardown.mjs');
  await start();
  return stop;
}
