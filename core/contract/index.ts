/**
 * The plugin contract: everything a plugin may import from the hub.
 *
 * - tenant: one Twenty workspace connected to the hub
 * - plugin: a folder under plugins/, enabled and configured per tenant
 * - delivery: one line in the log of what came in and went out
 * - event: a stored fact, delivered at least once to every subscribing plugin of the tenant
 * - job: a unit of background work with retries by error class
 * - journal: everything that anybody did at a tenant, chained by hash
 * - topic: a part of what happens now; its items are shown live in browsers
 * - mirror: the hub's read copy of CRM records; outbox: CRM writes not yet confirmed
 */
export * from './capability.ts';
export * from './case-rules.ts';
export * from './check.ts';
export * from './config.ts';
export * from './context.ts';
export * from './covering-contract.ts';
export * from './csv.ts';
export * from './crm.ts';
export * from './crm-find.ts';
export * from './errors.ts';
export * from './event.ts';
export * from './events.ts';
export * from './exports.ts';
export * from './files.ts';
export * from './http.ts';
export * from './job.ts';
export * from './journal.ts';
export * from './live.ts';
export * from './mail.ts';
export * from './page-end.ts';
export * from './permissions.ts';
export * from './phone.ts';
export * from './plugin.ts';
export * from './requests.ts';
export * from './secrets.ts';
export * from './store.ts';
export * from './tables.ts';
export * from './case-desk.ts';
export * from './telephony.ts';
export * from './texts.ts';
export * from './tokens.ts';
export * from './recordings.ts';
export * from './transcription.ts';
export * from './turns.ts';
export * from './vault.ts';
export * from './words.ts';
