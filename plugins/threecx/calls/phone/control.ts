/** What Call Control, or a part of it, can do at an extension. Errors carry the reason for the agent. */
export interface PhoneControl {
  /** Rings the agent's device, then dials. Returns when the PBX has taken the order. */
  readonly call: (extension: string, destination: string, signal: AbortSignal) => Promise<void>;
  readonly hangUp: (extension: string, participantId: number, signal: AbortSignal) => Promise<void>;
  readonly transfer: (
    extension: string,
    participantId: number,
    destination: string,
    signal: AbortSignal,
  ) => Promise<void>;
}
