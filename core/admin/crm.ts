import type { CheckLine } from '../contract/index.ts';
import type { Crm } from '../crm/index.ts';
import type { CrmAddress, CrmConnections, Tenants } from '../tenants/index.ts';

/** A tenant's connection to its Twenty. */
export interface CrmAdmin {
  /** Stores address and key, tries them out, and starts copying. Lines that failed carry the remedy; connecting again is harmless. */
  readonly connect: (
    tenant: string,
    address: CrmAddress,
    actor: string,
    signal: AbortSignal,
  ) => Promise<readonly CheckLine[]>;
  readonly check: (tenant: string, signal: AbortSignal) => Promise<readonly CheckLine[]>;
  readonly status: (tenant: string) => ReturnType<Crm['status']>;
  readonly listParked: (tenant: string, limit: number) => ReturnType<Crm['listParked']>;
  readonly replayParked: (tenant: string, id: number | undefined) => Promise<number>;
  readonly discardParked: (tenant: string, id: number, reason: string) => Promise<number>;
}

export function createCrmAdmin({
  crm,
  tenants,
  connections,
}: {
  crm: Crm;
  tenants: Tenants;
  connections: CrmConnections;
}): CrmAdmin {
  const idOf = async (tenant: string) => (await tenants.get(tenant)).id;
  return {
    async connect(tenant, address, actor, signal) {
      const { tenantId } = await connections.connect(tenant, address, actor);
      return await crm.connect(tenantId, signal);
    },
    check: async (tenant, signal) => await crm.check(await idOf(tenant), signal),
    status: async (tenant) => await crm.status(await idOf(tenant)),
    listParked: async (tenant, limit) => await crm.listParked(await idOf(tenant), { limit }),
    replayParked: async (tenant, id) => await crm.replayParked(await idOf(tenant), id === undefined ? {} : { id }),
    discardParked: async (tenant, id, reason) => await crm.discardParked(await idOf(tenant), { id }, reason),
  };
}
