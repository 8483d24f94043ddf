import type { Route } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { crmTemplate } from '../template/template.ts';

/** The template that an administrator of the PBX installs. It names the hub's address, never the key. */
export const template: Route<Context> = {
  method: 'GET',
  path: '/template.xml',
  summary: 'The CRM template of this tenant, to be installed in 3CX',
  audience: 'operator',
  async handle({ config, tenant, url }) {
    const xml = crmTemplate({ ...config, baseUrl: url('/').slice(0, -1), country: tenant.country });
    return {
      headers: {
        'content-type': 'application/xml; charset=utf-8',
        'content-disposition': `attachment; filename="switchboard-${tenant.slug}.xml"`,
      },
      body: xml,
    };
  },
};
