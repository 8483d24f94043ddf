import type { Capability } from './capability.ts';
import type { CrmReader, CrmWrite } from './crm.ts';
import type { EventInput } from './event.ts';
import type { CrmFile, CrmFileSource, FileKeep, FileStore } from './files.ts';
import type { HttpClient } from './http.ts';
import type { JobInput } from './job.ts';
import type { JournalInput, JournalReader } from './journal.ts';
import type { LiveChange } from './live.ts';
import type { KeyValueStore, StoreChange } from './store.ts';
import type { PluginTables } from './tables.ts';
import type { SharedTokens } from './tokens.ts';
import type { Vault, VaultChange } from './vault.ts';

/** A Twenty workspace connected to the hub. */
export interface Tenant {
  readonly id: string;
  /** Short name in URLs and commands. */
  readonly slug: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2: the country in which national phone numbers are read. */
  readonly country: string;
  /** IANA name, for schedules and display. */
  readonly timeZone: string;
  /** BCP 47: `nl`, `en-GB`. */
  readonly locale: string;
  /** Origin of the tenant's Twenty, for links to records; undefined until connected. */
  readonly crmUrl: string | undefined;
}

export interface Clock {
  /** Milliseconds since the epoch, like `Date.now()`. */
  readonly now: () => number;
}

/** Static message, fields beside it. Ids and counts, never whole payloads, never secrets. */
export interface Logger {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
}

/** One line of the delivery log: what came in or went out, for whom, with what result. */
export interface DeliveryNote {
  readonly direction: 'in' | 'out';
  /** What it was: `call`, `chat`, `mail`. */
  readonly kind: string;
  readonly result: 'done' | 'ignored' | 'rejected' | 'failed';
  /** One sentence for the operator, without a customer's words. */
  readonly summary: string;
  /** The CRM record it led to. */
  readonly recordId?: string;
  /** The inbox delivery it came from. */
  readonly inboxId?: string;
}

/**
 * One entry of the tenant's audit log: who read, heard or took away what administrators must be able to account for. The chain of the log makes its
 * writers wait for each other, so it is for deeds of people, not for the plugin's own work.
 */
export interface AuditNote {
  /** The e-mail address of the member. */
  readonly actor: string;
  /** What was done, such as `transcript.read`. */
  readonly action: string;
  /** On what: `phoneCall/ID`. */
  readonly subject: string;
  /** Ids and counts. Never secrets, never a customer's words. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Everything one step of a plugin changes. It is committed whole or not at all; running it twice changes nothing more. */
export interface Changes extends PlainChanges {
  /**
   * Changes the plugin's own tables inside the same transaction, before everything else; what it returns is committed as well. Run once; keep it
   * short, because it holds a connection and locks.
   */
  readonly rows?: (tables: PluginTables) => Promise<PlainChanges | void>;
}

export interface PlainChanges {
  readonly writes?: readonly CrmWrite[];
  readonly events?: readonly EventInput[];
  readonly jobs?: readonly JobInput[];
  readonly store?: readonly StoreChange[];
  readonly vault?: readonly VaultChange[];
  readonly notes?: readonly DeliveryNote[];
  readonly audit?: readonly AuditNote[];
  /** What somebody did: entries of the tenant's journal, in the order in which they are to be read. A key that is there already adds nothing. */
  readonly journal?: readonly JournalInput[];
  /** What people see from now on, in their browsers within a blink. */
  readonly live?: readonly LiveChange[];
  /** Files that go to records of the CRM; the bytes come from `files.put`. */
  readonly files?: readonly CrmFile[];
  /** Files that the hub's store has to hold for the plugin. */
  readonly keeps?: readonly FileKeep[];
}

/** What the host hands to a plugin. Members are functions without `this`: they may be taken apart. */
export interface PluginContext<Config = unknown, Services = unknown> {
  readonly tenant: Tenant;
  /** Validated, defaults filled in, secrets in clear: never log it. */
  readonly config: Readonly<Config>;
  /** What `setup` returned. */
  readonly services: Services;
  readonly log: Logger;
  readonly clock: Clock;
  readonly crm: CrmReader;
  readonly store: KeyValueStore;
  readonly tables: PluginTables;
  readonly journal: JournalReader;
  readonly vault: Vault;
  readonly files: FileStore;
  readonly crmFiles: CrmFileSource;
  readonly http: HttpClient;
  readonly tokens: SharedTokens;
  readonly commit: (changes: Changes) => Promise<void>;
  readonly capability: <Interface>(capability: Capability<Interface>) => Interface | undefined;
  /** The public address of one of this plugin's doors for this tenant: `url('/call')`. */
  readonly url: (path: `/${string}`) => string;
}
