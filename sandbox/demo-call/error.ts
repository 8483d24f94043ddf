/** Something a person has to put right first; the message says what. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}
