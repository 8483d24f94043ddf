import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { plugin } from '../plugin.ts';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Somebody at the desk, who asks the hub's doors as the panel inside Twenty does. */
export interface Agent {
  /** Of Twenty, for what the two below do not ask. */
  readonly token: string;
  readonly post: (path: string, body: object | string) => Promise<Answer>;
  readonly get: (path: string) => Promise<Answer>;
}

export interface Desk {
  readonly hub: TestHub;
  /** Somebody new, with this role. */
  readonly join: (firstName: string, roleLabel: string) => Promise<Agent>;
  /** A record in Twenty, made there. @returns its id */
  readonly create: (object: string, data: object) => Promise<string>;
  readonly change: (object: string, id: string, data: object) => Promise<void>;
  readonly remove: (object: string, id: string) => Promise<void>;
  readonly find: (object: string, fields: string, id: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
  readonly close: () => Promise<void>;
}

/** @param options.isEnabled false to have records in Twenty first, which the copy into the mirror then finds complete */
export async function openDesk({ isEnabled = true } = {}): Promise<Desk> {
  const hub = await startTestHub({ plugins: [plugin] });
  if (isEnabled) await hub.hub.admin.plugins.enable(TEST_TENANT, plugin.id, {}, 'test');
  const type = (object: string) => object.charAt(0).toUpperCase() + object.slice(1);
  return {
    hub,
    async join(firstName, roleLabel) {
      const login = { email: `${firstName.toLowerCase()}@example.com`, password: 'password-1' };
      const { workspaceId } = hub;
      await hub.twenty.createMember({ workspaceId, firstName, lastName: 'Example', roleLabel, ...login });
      return agentWith(hub, await frontComponentToken({ url: hub.twenty.url, ...login }));
    },
    async create(object, data) {
      const name = `create${type(object)}`;
      const query = `mutation M($data: ${type(object)}CreateInput!) { ${name}(data: $data) { id } }`;
      return ((await hub.crm.records(query, { data }))[name] as { id: string }).id;
    },
    async change(object, id, data) {
      const query = `mutation M($id: UUID!, $data: ${type(object)}UpdateInput!) { update${type(object)}(id: $id, data: $data) { id } }`;
      await hub.crm.records(query, { id, data });
    },
    async remove(object, id) {
      await hub.crm.records(`mutation M($id: UUID!) { delete${type(object)}(id: $id) { id } }`, { id });
    },
    async find(object, fields, id) {
      const query = `query Q($id: UUID!) { ${object}s(filter: { id: { eq: $id } }) { edges { node { id ${fields} } } } }`;
      const found = (await hub.crm.records(query, { id }))[`${object}s`] as {
        edges: { node: Record<string, unknown> }[];
      };
      return found.edges[0]?.node;
    },
    close: hub.close,
  };
}

function agentWith({ url }: TestHub, token: string): Agent {
  const ask = async (method: string, path: string, body?: object | string): Promise<Answer> => {
    const response = await fetch(`${url}/panel/v1/plugins/service-desk${path}`, {
      method,
      headers: { origin: 'null', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  return {
    token,
    post: async (path, body) => await ask('POST', path, body),
    get: async (path) => await ask('GET', path),
  };
}
