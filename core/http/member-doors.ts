import express, { type RequestHandler, type Router } from 'express';
import { bearerToken, type MemberRequest, NotFoundError, type RawRequest } from '../contract/index.ts';
import type { Roster } from '../auth/roster.ts';
import type { Crm, RoleReader } from '../crm/index.ts';
import type { Doors } from '../host/doors.ts';
import type { Instance } from '../host/instances.ts';
import type { Member, Members } from '../members/index.ts';
import { allowFrontComponents } from './front-components.ts';
import { param, send, takeRequest, whileConnected } from './plugin-doors.ts';

const PATIENCE_MS = 15_000;

interface MemberDoorRoutes {
  readonly doors: Pick<Doors, 'callForMember'>;
  readonly members: Pick<Members, 'identify'>;
  readonly crm: Pick<Crm, 'readerFor'>;
  readonly roster: Pick<Roster, 'permissionsOf'>;
  readonly findInstance: (tenantSlug: string, pluginId: string) => Promise<Instance | undefined>;
}

/** `/panel/v1/plugins/{plugin}/…`: what plugins offer to members inside Twenty. Whose workspace it is, the token tells. */
export function memberDoors(
  { doors, members, crm, roster, findInstance }: MemberDoorRoutes,
  limits: readonly RequestHandler[],
): Router {
  const router = express.Router();
  router.use(
    allowFrontComponents('GET, POST', {
      sent: 'authorization, content-type, range',
      read: 'accept-ranges, content-range, retry-after',
    }),
  );
  router.options('/:plugin/*path', (_request, response) => void response.status(204).end());
  // Behind the headers: a browser hides an answer without them, and the component could not tell why it got none.
  router.use(...limits);
  const identify: RequestHandler = async (request, response, next) => {
    const token = bearerToken(request.headers.authorization);
    response.locals['member'] = await members.identify(token, AbortSignal.timeout(PATIENCE_MS));
    next();
  };
  // Who is unknown fills no memory: bodies are read behind the identification.
  router.all('/:plugin/*path', identify, async (request, response) => {
    const member = response.locals['member'] as Member;
    const plugin = param(request, 'plugin');
    const instance = await findInstance(member.tenant.slug, plugin);
    if (instance === undefined) {
      throw new NotFoundError(`The plugin ${plugin} is not enabled for this workspace`, {
        field: 'path.plugin',
        remedy: 'Ask the administrator of this workspace to enable it.',
      });
    }
    const asked = forMember(await takeRequest(request, response, instance, 'member'), {
      member: { id: member.workspaceMemberId, name: member.name, email: member.email },
      reader: crm.readerFor(member.tenant.id, { roleId: member.roleId }),
      may: async (permission) => (await roster.permissionsOf(member.tenant.id, member.roleId)).has(permission),
    });
    await send(response, await doors.callForMember(instance, asked, whileConnected(response)));
  });
  return router;
}

interface Asking {
  readonly member: MemberRequest['member'];
  readonly reader: RoleReader;
  readonly may: MemberRequest['may'];
}

/** The token goes no further: it has all rights of its user. */
export function forMember(request: RawRequest, { member, reader, may }: Asking): MemberRequest {
  const { authorization: _token, ...headers } = request.headers;
  // An answer asks of dozens of fields: the rights are read once for all of them.
  let known: ReturnType<RoleReader['view']> | undefined;
  const view = async () => await (known ??= reader.view());
  const crm: MemberRequest['crm'] = {
    ...reader,
    sees: async (object, field) => (await view()).sees(object, field),
    mayChange: async (object, field) => (await view()).mayChange(object, field),
  };
  return { ...request, headers, member, crm, may };
}
