import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { type Desk, startDesk } from './desk.ts';

type Line = {
  readonly text: string;
  readonly state: string;
  readonly version: number;
  readonly correction: object | null;
};
type Found = { readonly callId: string; readonly recordingId: string };
/** What the doors answer, as far as tests look into it by hand. */
type Body = {
  readonly transcripts: readonly { readonly state: string; readonly lines: readonly Line[] }[];
  readonly found: readonly Found[];
  readonly next: string | null;
  readonly channels: readonly (readonly number[])[];
  readonly erasure: { readonly isDone: boolean } | null;
};
type Answer = { readonly status: number; readonly text: string; readonly body: Body };

/** Somebody who asks the plugin's doors as the panel inside Twenty does. */
export interface Member {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body: object) => Promise<Answer>;
}

/** The hub with the plugin and a Twenty with people in it. */
export interface Office extends Desk {
  /** A record in Twenty. @returns its id */
  readonly create: (object: string, data: object) => Promise<string>;
  readonly join: (firstName: string, roleLabel: string) => Promise<Member>;
  readonly signIn: (login: { email: string; password: string }) => Promise<Member>;
  /** What stands on a call in Twenty. */
  readonly textInTwenty: (callId: string) => Promise<string>;
  /** What the audit log says, the oldest first, by who and what. */
  readonly audited: (action: string) => Promise<string[]>;
}

export async function openOffice(): Promise<Office> {
  const desk = await startDesk({});
  const signIn = async (login: { email: string; password: string }) =>
    memberWith(desk.url, await frontComponentToken({ url: desk.twenty.url, ...login }));
  return {
    ...desk,
    signIn,
    async create(object, data) {
      const type = object.charAt(0).toUpperCase() + object.slice(1);
      const query = `mutation M($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
      return ((await desk.crm.records(query, { data }))[`create${type}`] as { id: string }).id;
    },
    async join(firstName, roleLabel) {
      const login = { email: `${firstName.toLowerCase()}@example.com`, password: 'password-1' };
      const { workspaceId } = desk;
      await desk.twenty.createMember({ workspaceId, firstName, lastName: 'Example', roleLabel, ...login });
      return await signIn(login);
    },
    async textInTwenty(callId) {
      const { phoneCall } = (await desk.crm.records(
        'query Q($id: UUID!) { phoneCall(filter: { id: { eq: $id } }) { transcript { markdown } } }',
        { id: callId },
      )) as { phoneCall: { transcript: { markdown: string | null } | null } };
      return phoneCall.transcript?.markdown ?? '';
    },
    async audited(action) {
      const entries = await desk.hub.admin.audit.list({ tenantId: desk.tenantId, action });
      return entries.toReversed().map(({ actor, subject }) => `${actor} ${subject}`);
    },
  };
}

function memberWith(url: string, token: string): Member {
  const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${url}/panel/v1/plugins/ai-transcribe${path}`, {
      method,
      headers: { origin: 'null', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, text, body: (isJson ? JSON.parse(text) : {}) as Body };
  };
  return {
    get: async (path) => await ask('GET', path),
    post: async (path, body) => await ask('POST', path, body),
  };
}
