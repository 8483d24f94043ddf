import type { Readable } from 'node:stream';
import type { CrmReader } from './crm.ts';
import type { Permission } from './permissions.ts';

/** A request as it came in: the body is the raw bytes, because signatures are over bytes. */
export interface RawRequest {
  readonly method: string;
  /** Path below the plugin's door, with a leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** For a route that `streams`, in place of `body`: the bytes as they come, of any length. */
  readonly stream?: AsyncIterable<Uint8Array>;
}

export interface Reply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON; text, bytes and streams are sent as they are, with `content-type` from `headers`. */
  readonly body?: object | string | Buffer | Readable;
}

/**
 * A door for an outside system that delivers something. The host calls `verify` on the raw request, stores the bytes
 * in the inbox under the delivery key, answers, and only then works: `receive` runs as a job with retries.
 * Twice the same delivery is one row and one run.
 */
export interface Webhook<Context> {
  /** Unique within the plugin; appears in the delivery log. */
  readonly name: string;
  readonly path: `/${string}`;
  /** Largest body that is accepted, bytes. Default 1 MiB. Longer ones are cut, logged as rejected and not worked on. */
  readonly maxBytes?: number;
  /** False answers 401 and stores nothing. Compare secrets with `sameSecret`. */
  verify(context: Context, request: RawRequest): boolean | Promise<boolean>;
  /** Equal for repeated deliveries of one thing, different otherwise. The host hashes it. */
  deliveryKey(request: RawRequest): string;
  /** Jobs of one tenant with the same key run one at a time, in order of arrival. */
  serialize?(request: RawRequest): string | undefined;
  /** The answer once the delivery is safe. Default 200 with `{ "accepted": true }`. */
  reply?(request: RawRequest, stored: 'new' | 'duplicate' | 'rejected'): Reply;
  /** Works on the stored delivery. Errors follow their class: retried, or a dead letter with its reason. */
  receive(context: Context, delivery: InboxDelivery, signal: AbortSignal): Promise<void>;
}

/** A stored delivery, as the job sees it. */
export interface InboxDelivery {
  readonly id: string;
  readonly request: RawRequest;
  readonly receivedAt: Date;
}

/** A door that answers at once, from the mirror and the plugin's own store: it must never call the vendor or Twenty in line. */
export interface Route<Context> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  /** `vendor`: the outside system calls it, `verify` decides. `operator`: part of the hub's own API, behind its authentication. */
  readonly audience: 'vendor' | 'operator';
  /** Of `operator` routes: what a member must have who comes by the console, beside managing plugins. The operator's own key opens all. */
  readonly permission?: Permission;
  /** Of `operator` routes: what is sent is never whole in memory, and the route sets its own limit. Others take 16 MB. */
  readonly streams?: boolean;
  /** Required for `vendor` routes. False answers 401. */
  verify?(context: Context, request: RawRequest): boolean | Promise<boolean>;
  handle(context: Context, request: RawRequest, signal: AbortSignal): Promise<Reply>;
}

/**
 * A door for the members of a workspace, who come from the front components of our app inside Twenty or from the console. The host knows who it is;
 * what the member's role may not read is not in `request.crm`. As fast as every route: no vendor and no Twenty in line, but for a click whose person waits
 * for what lies there, within a minute.
 */
export interface MemberRoute<Context> {
  readonly method: 'GET' | 'POST';
  readonly path: `/${string}`;
  readonly summary: string;
  /** What the member's role must have in the hub; who has not is answered 403 before `handle`. Without it every member may. */
  readonly permission?: Permission;
  /** What is sent is never whole in memory, and the route sets its own limit. Others take 16 MB. */
  readonly streams?: boolean;
  handle(context: Context, request: MemberRequest, signal: AbortSignal): Promise<Reply>;
}

export interface MemberRequest extends RawRequest {
  readonly member: { readonly id: string; readonly name: string; readonly email: string };
  readonly crm: MemberReader;
  /**
   * Whether the member may do that in the hub, for routes that answer some more than others. The matrix of roles offers what the hub itself, or a route of
   * an enabled plugin by its `permission`, asks for.
   */
  readonly may: (permission: Permission) => Promise<boolean>;
}

/** The mirror as a member may read it. */
export interface MemberReader extends CrmReader {
  /** Whether the role may read this field; also of fields that are not in the mirror. */
  readonly sees: (object: string, field: string) => Promise<boolean>;
  /**
   * Whether the role may create and change records of this object in Twenty, which has one right for both (2.21, measured). Given a field, whether it
   * may write that one: a relation by its `xId` column. What it may not see it may not write.
   */
  readonly mayChange: (object: string, field?: string) => Promise<boolean>;
}

/**
 * `fetch` with what every vendor call needs: a deadline, a size limit, redacted errors, and our error classes
 * (`CredentialsError` for 401, `RateLimitedError` for 429, `UpstreamError` for 5xx and network failures, `RefusedError` for the rest).
 */
export type HttpClient = (url: string, init?: HttpInit) => Promise<HttpAnswer>;

export interface HttpInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: object | string | Buffer;
  /** Milliseconds, default 15,000. */
  readonly timeoutMs?: number;
  /** Largest answer that is read, bytes. Default 16 MiB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Statuses of 400 and above that are an answer and not an error. */
  readonly accept?: readonly number[];
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The bytes read as UTF-8. */
  readonly text: string;
  /** @throws UpstreamError when the text is not JSON */
  readonly json: () => unknown;
}
