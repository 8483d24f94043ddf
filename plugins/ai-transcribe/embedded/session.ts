import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';

const require = createRequire(import.meta.url);

/** A file of a package whose `exports` do not name it. */
export async function fileOfPackage(name: string, path: string): Promise<string> {
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, path);
    if (await isFile(file)) return file;
  }
  throw new Error(`The file ${path} of the package ${name} is missing: install the dependencies again`);
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** A graph on the calling thread: more threads within one graph bring nothing, more graphs side by side do (measured). */
export async function openSession(path: string): Promise<InferenceSession> {
  return await InferenceSession.create(path, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // Half as fast again as with the graph's own quantisation (measured).
    extra: { session: { disable_quant_qdq: '1' } },
    logSeverityLevel: 3,
  });
}
