import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { TemplateError } from './engine/values.ts';
import type { Installation, Installed } from './installation.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { extensions } from './pbx/extensions.ts';
import { NoTemplateError, type Pbx } from './pbx/pbx.ts';
import { callScript, chatScript, contactScript, searchScript } from './pbx/script.ts';

/** The part of the stand-in that no PBX has: people and scripts make calls happen here. */

const upload = z.strictObject({ xml: z.string().min(1), values: z.record(z.string(), z.string()).default({}) });

type Parts = { readonly pbx: Pbx; readonly installation: Installation; readonly journal: Journal };

export function createControl({ pbx, installation, journal }: Parts): Express {
  const page = readFileSync(join(import.meta.dirname, 'page.html'), 'utf8');
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '4mb' }));

  /** Reads the body, does it, notes and answers what came of it. */
  function action<S extends z.ZodType>(
    path: string,
    kind: JournalEntry['kind'],
    schema: S,
    work: (input: z.output<S>) => Promise<object>,
  ) {
    app.post(path, async (request, response) => {
      const result = await work(schema.parse(request.body ?? {}));
      journal.add(kind, result);
      response.json(result);
    });
  }

  app.get('/', (_request, response) => void response.type('html').send(page));
  app.get('/control/state', (_request, response) => void response.json(state(installation.current())));
  app.get('/control/log', (_request, response) => void response.json({ entries: journal.entries() }));
  action('/control/template', 'template', upload, async ({ xml, values }) =>
    state(await installation.install(xml, values)),
  );
  action('/control/calls', 'call', callScript, pbx.play);
  action('/control/chats', 'chat', chatScript, pbx.chat);
  action('/control/contacts', 'contact', contactScript, pbx.createContact);
  action('/control/searches', 'search', searchScript, async (asked) =>
    'email' in asked ? await pbx.find('LookupByEmail', asked.email) : await pbx.find('SearchContacts', asked.text),
  );
  app.use(
    (request, response) => void response.status(404).json({ error: `there is no ${request.method} ${request.path}` }),
  );
  app.use(answerError);
  return app;
}

/** The key is shown to nobody, as in the admin console. */
function state(installed: Installed | undefined): object {
  const template = installed && {
    name: installed.template.name,
    version: installed.template.version,
    scenarios: [...installed.template.scenarios.keys()],
    parameters: installed.template.parameters.map(({ name, type, title }) => ({
      name,
      title,
      value: type === 'Password' ? undefined : installed.values[name],
      isSet: (installed.values[name] ?? '') !== '',
    })),
  };
  return { template: template ?? null, extensions };
}

function answerError(error: unknown, _request: Request, response: Response, _next: NextFunction): void {
  const [status, message] = describe(error);
  response.status(status).json({ error: message });
}

function describe(error: unknown): [status: number, message: string] {
  if (error instanceof z.ZodError) return [400, z.prettifyError(error)];
  if (error instanceof TemplateError) return [400, error.message];
  if (error instanceof NoTemplateError) return [409, error.message];
  const status = (error as { status?: unknown }).status;
  return typeof status === 'number' && status < 500
    ? [status, 'the body is no JSON or too large']
    : [500, 'the stand-in failed'];
}
