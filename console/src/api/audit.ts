import { ask } from './client.ts';
import type { AuditEntry } from './types.ts';

export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

export const auditPage = async (
  tenant: string,
  filter: AuditFilter,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
  signal?: AbortSignal,
) =>
  (
    await ask<{ entries: readonly AuditEntry[] }>('GET', '/tenants/{tenant}/audit', {
      params: { tenant },
      query: { ...filter, before, limit },
      ...(signal === undefined ? {} : { signal }),
    })
  ).entries;

interface Verdict {
  readonly intact: boolean;
  readonly entries?: number;
  readonly brokenAt?: number;
  readonly reason?: string;
}

export const verifyAudit = (tenant: string) =>
  ask<Verdict>('POST', '/tenants/{tenant}/audit/verify', { params: { tenant } });
