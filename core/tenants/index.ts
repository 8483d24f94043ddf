export { announceChange, tenantChannel } from './announce.ts';
export { createCrmConnections } from './crm-connections.ts';
export type { CrmConnections } from './crm-connections.ts';
export { readAddress } from './input.ts';
export type { CrmAddress } from './input.ts';
export { createPluginSettings } from './plugin-settings.ts';
export type { PluginSetting, PluginSettings } from './plugin-settings.ts';
export { createTenants, isTenantId, tenantColumns, toTenantRecord } from './tenants.ts';
export type { TenantRecord, TenantRow, Tenants } from './tenants.ts';
