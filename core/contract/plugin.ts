import type { z } from 'zod';
import type { OfferedCapability } from './capability.ts';
import type { CheckLine } from './check.ts';
import type { PluginContext } from './context.ts';
import type { MirroredObject } from './crm.ts';
import type { EventSubscription } from './event.ts';
import type { MemberRoute, Route, Webhook } from './http.ts';
import type { JobHandler, Schedule } from './job.ts';
import type { Topic } from './live.ts';
import type { Sql } from './tables.ts';
import type { PluginTexts } from './texts.ts';

/**
 * A plugin: data and wiring. One definition serves every tenant; whatever is a tenant's own comes in through the
 * context. Handlers must not keep state of their own between calls: use `setup` for clients, `context.store` for facts.
 *
 * @example
 * export const plugin = definePlugin({
 *   id: 'acme', contract: 1, name: 'Acme', summary: 'Copies Acme tickets to cases.',
 *   config: z.object({ apiKey: secret('Key from Acme, Settings, API.') }),
 *   setup: (context) => createClient(context.http, context.config.apiKey),
 *   webhooks: [ticketWebhook],
 *   check: async ({ services }, signal) => [await services.ping(signal)],
 * });
 */
export interface PluginDefinition<S extends z.ZodObject = z.ZodObject, Services = unknown> {
  /** The folder's name; part of URLs, ids and logs, so never renamed. */
  readonly id: string;
  /** The version of this contract the plugin was written for. */
  readonly contract: 1;
  readonly name: string;
  /** One sentence for the admin who decides whether to enable it. */
  readonly summary: string;
  /** The settings per tenant. Every field has `describe()`; secrets use `secret()`. */
  readonly config: S;
  /** The same in the other languages, and what the settings are called. */
  readonly texts?: PluginTexts;
  /**
   * The folder of `NNN-name.sql` files that make the plugin's own tables: `new URL('./migrations/', import.meta.url)`. Run after the hub's own, each
   * once; a released file never changes.
   */
  readonly migrations?: URL;
  /** CRM objects to keep in the mirror for this plugin. */
  readonly mirrors?: readonly MirroredObject[];
  /** Builds what lives as long as this tenant's configuration (clients, parsed settings). No I/O. */
  setup?(context: PluginContext<z.output<S>, undefined>): Services;
  readonly jobs?: readonly JobHandler<PluginContext<z.output<S>, Services>>[];
  readonly webhooks?: readonly Webhook<PluginContext<z.output<S>, Services>>[];
  readonly routes?: readonly Route<PluginContext<z.output<S>, Services>>[];
  readonly memberRoutes?: readonly MemberRoute<PluginContext<z.output<S>, Services>>[];
  readonly events?: readonly EventSubscription<PluginContext<z.output<S>, Services>>[];
  readonly schedules?: readonly Schedule[];
  /** What the plugin shows live in browsers; it publishes to no other topics. */
  readonly topics?: readonly Topic[];
  /** What operators watch of it. */
  readonly figures?: readonly Figure[];
  capabilities?(context: PluginContext<z.output<S>, Services>): readonly OfferedCapability[];
  /** Tries out the configuration against the real outside. Returns one line per thing checked, each failed one with its remedy. */
  check(context: PluginContext<z.output<S>, Services>, signal: AbortSignal): Promise<readonly CheckLine[]>;
  /**
   * Holds a live link (a socket, an IDLE connection) until the signal aborts. Exactly one process of the hub runs it per
   * tenant, under a lease; when that process dies another takes over. Returning or throwing early starts it again after a pause.
   */
  start?(context: PluginContext<z.output<S>, Services>, signal: AbortSignal): Promise<void>;
  /** Releases what `setup` made. Called when the tenant's configuration changes and at shutdown. */
  stop?(context: PluginContext<z.output<S>, Services>): Promise<void>;
}

/** A number over all tenants, among the hub's metrics as `switchboard_<plugin>_<name>`. */
export interface Figure {
  /** In snake case, with its unit: `silent_mailboxes`, `oldest_success_seconds`. */
  readonly name: string;
  /** One line for who reads the metrics. */
  readonly help: string;
  /**
   * A statement on the plugin's own tables that answers one row with a number named `value`, about these tenants alone: the active ones that have
   * the plugin enabled. It runs with each look at the metrics, so it has to be cheap.
   */
  readonly read: (tenantIds: readonly string[]) => Sql;
}

/** A definition whose own types are of no concern to the holder: what the host works with. */
export type AnyPlugin = PluginDefinition;

/** Checks nothing at run time; it infers the configuration's type for every member. */
export function definePlugin<S extends z.ZodObject, Services = undefined>(
  definition: PluginDefinition<S, Services>,
): PluginDefinition<S, Services> {
  return definition;
}
