export type Fault =
  | { kind: 'status'; status: number }
  /** The work is done and committed, then the connection is cut before the answer. */
  | { kind: 'reset-after-commit' }
  | { kind: 'delay'; ms: number }
  /** Connections are cut without reading the request. */
  | { kind: 'down' }
  /** Record operations are refused as over the limit, whatever the credential: newer servers count applications too. */
  | { kind: 'limit' }
  /** Webhook events happen but are never sent. */
  | { kind: 'drop-webhooks' }
  /** Webhooks to private and loopback addresses are not sent: OUTBOUND_HTTP_SAFE_MODE_ENABLED, on by default in Twenty 2.21. */
  | { kind: 'safe-mode' };

export type FaultScope = {
  /** Only requests whose path starts with it; default all. */
  path?: string;
  /** How many requests (or webhook events) are hit before the fault ends; default until `clear()`. */
  times?: number;
};

export interface Faults {
  set(fault: Fault, scope?: FaultScope): void;
  clear(): void;
  /** Used by the server: takes one hit of the first fault of that kind that fits the path. */
  take<K extends Fault['kind']>(kind: K, path: string): Extract<Fault, { kind: K }> | undefined;
}

type ActiveFault = { fault: Fault; path: string; left: number };

export function createFaults(): Faults {
  let active: ActiveFault[] = [];
  return {
    set: (fault, scope = {}) => {
      active.push({ fault, path: scope.path ?? '/', left: scope.times ?? Infinity });
    },
    clear: () => {
      active = [];
    },
    take: <K extends Fault['kind']>(kind: K, path: string) => {
      const hit = active.find((entry) => entry.fault.kind === kind && path.startsWith(entry.path));
      if (hit === undefined) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) active = active.filter((entry) => entry !== hit);
      return hit.fault as Extract<Fault, { kind: K }>;
    },
  };
}
