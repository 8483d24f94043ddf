/**
 * What one plugin offers and others use without importing it: a name and an interface. The token is defined here in
 * the contract, the offering plugin returns the implementation from `capabilities`, users ask
 * `context.capability(token)` and must cope with `undefined`, because an admin may have enabled nobody who offers it.
 */
export interface Capability<Interface> {
  readonly name: string;
  /** Carries the type only; never present at run time. */
  readonly offers?: (implementation: Interface) => void;
}

export function defineCapability<Interface>(name: string): Capability<Interface> {
  return { name };
}

/** A token with its implementation. */
export interface OfferedCapability {
  readonly name: string;
  readonly implementation: unknown;
}

export function offer<Interface>(capability: Capability<Interface>, implementation: Interface): OfferedCapability {
  return { name: capability.name, implementation };
}
