/** An address as people and tables compare it. Local parts differ in case on paper only. */
export function normalAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** What stands behind the last `@`; empty without one. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at === -1 ? '' : address.slice(at + 1).toLowerCase();
}
