/**
 * The hub's address as a member's browser reaches it. This one is the address of a hub on the same machine; an installation
 * builds the panel with the hub's own, because a front component gets application variables only encrypted (Twenty 2.21, measured).
 */
export const HUB_ADDRESS = 'http://localhost:4400';
