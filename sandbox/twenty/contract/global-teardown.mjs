/** Runs also when tests fail: removes what the run created and stops the stand-in. */
export default async function globalTeardown() {
  await globalThis.closeContract?.();
}
