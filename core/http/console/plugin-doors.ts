import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { type Caller, demand, demandNoView, may, memberOf } from '../../auth/caller.ts';
import { NotFoundError, type Permission } from '../../contract/index.ts';
import type { Crm } from '../../crm/index.ts';
import type { Doors } from '../../host/doors.ts';
import type { Instance } from '../../host/instances.ts';
import { forMember } from '../member-doors.ts';
import { param, send, takeRequest, whileConnected } from '../plugin-doors.ts';
import { type ConsoleDeps, identifyCaller } from './identify.ts';

interface ConsoleDoors extends ConsoleDeps {
  readonly crm: Pick<Crm, 'readerFor'>;
  readonly doors: Pick<Doors, 'call' | 'callForMember'>;
  readonly findInstance: (tenantSlug: string, pluginId: string) => Promise<Instance | undefined>;
}

/**
 * Doors of plugins in the console: `…/plugins/{plugin}/member/…` are those for members, as inside Twenty; `…/plugins/{plugin}/doors/…` are those of
 * the operator's API, for members who may manage plugins and what the route itself asks for.
 */
export function consolePluginDoors(options: ConsoleDoors): Router {
  const router = express.Router();
  const identify: RequestHandler = async (request, response, next) => {
    const caller = await identifyCaller(options, request, response);
    if (request.method !== 'GET') demandNoView(caller);
    response.locals['caller'] = caller;
    next();
  };
  router.all('/tenants/:tenant/plugins/:plugin/member/*path', identify, async (request, response) => {
    const caller = callerOf(response);
    const { signedIn } = memberOf(caller);
    const { tenant, member } = signedIn;
    const instance = await instanceFor(options, request, caller);
    const asked = forMember(await takeRequest(request, response, instance, 'member'), {
      member: { id: member.id, name: member.name, email: member.email },
      reader: options.crm.readerFor(tenant.id, await options.admin.auth.views.readingRole(signedIn)),
      may: async (permission) => may(caller, permission),
    });
    await send(response, await options.doors.callForMember(instance, asked, whileConnected(response)));
  });
  router.all('/tenants/:tenant/plugins/:plugin/doors/*path', identify, async (request, response) => {
    const caller = callerOf(response);
    demand(caller, 'plugins.manage');
    const instance = await instanceFor(options, request, caller);
    const granted = async (permission: Permission) => may(caller, permission);
    const asked = await takeRequest(request, response, instance, 'operator');
    await send(response, await options.doors.call(instance, 'operator', asked, whileConnected(response), granted));
  });
  return router;
}

function callerOf(response: Response): Caller {
  return response.locals['caller'] as Caller;
}

async function instanceFor({ admin, findInstance }: ConsoleDoors, request: Request, caller: Caller): Promise<Instance> {
  const { slug } =
    caller.kind === 'member' ? caller.signedIn.tenant : await admin.tenants.get(param(request, 'tenant'));
  const plugin = param(request, 'plugin');
  const instance = await findInstance(slug, plugin);
  if (instance !== undefined) return instance;
  throw new NotFoundError(`The plugin ${plugin} is not enabled for this workspace`, {
    field: 'path.plugin',
    remedy: 'Ask the administrator of this workspace to enable it.',
  });
}
