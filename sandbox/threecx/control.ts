import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Machine } from './build.ts';
import { playSchema } from './calls/script.ts';
import type { LiveCall } from './calls/types.ts';
import type { PrincipalOptions } from './access/principals.ts';
import { TemplateError } from './engine/values.ts';
import { faultSchema } from './faults.ts';
import type { Installed } from './installation.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { NoTemplateError } from './pbx/crm.ts';
import { callScript, chatScript, contactScript, searchScript } from './pbx/script.ts';
import type { SettingsPatch } from './settings.ts';

/** The part of the stand-in that no PBX has: people and scripts make calls happen here. */

const upload = z.strictObject({ xml: z.string().min(1), values: z.record(z.string(), z.string()).default({}) });

/** What a person sees. */
const PAGE = [
  ['/', 'page.html'],
  ['/control/page.css', 'page.css'],
  ['/control/page.js', 'page.js'],
] as const;

type Parts = Machine & { readonly journal: Journal };

export function createControl(parts: Parts): Express {
  const { pbx, installation, journal } = parts;
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

  for (const [path, file] of PAGE) {
    const content = readFileSync(join(import.meta.dirname, file), 'utf8');
    app.get(path, (_request, response) => void response.type(file).send(content));
  }
  app.get('/control/state', (_request, response) => void response.json(state(installation.current(), parts)));
  app.get('/control/log', (_request, response) => void response.json({ entries: journal.entries() }));
  action('/control/template', 'template', upload, async ({ xml, values }) =>
    state(await installation.install(xml, values), parts),
  );
  action('/control/calls', 'call', callScript, pbx.play);
  action('/control/chats', 'chat', chatScript, pbx.chat);
  action('/control/contacts', 'contact', contactScript, pbx.createContact);
  action('/control/searches', 'search', searchScript, async (asked) =>
    'email' in asked ? await pbx.find('LookupByEmail', asked.email) : await pbx.find('SearchContacts', asked.text),
  );
  addLiveControl(app, parts);
  app.use(
    (request, response) => void response.status(404).json({ error: `there is no ${request.method} ${request.path}` }),
  );
  app.use(answerError);
  return app;
}

/** Calls that take their time, and what an administrator or bad luck changes meanwhile. */
function addLiveControl(
  app: Express,
  { player, exchange, directory, settings, principals, faults, journal }: Parts,
): void {
  app.get(
    '/control/live',
    (_request, response) => void response.json({ calls: exchange.calls().map((call) => liveView(call, directory)) }),
  );
  app.post('/control/scenarios', (request, response) => {
    const script = playSchema.parse(request.body ?? {});
    const playing = player.play(script);
    playing.done.then(
      (played) => journal.add('scenario', { scenario: script.scenario, played }),
      (error: unknown) => journal.add('scenario', { scenario: script.scenario, failed: String(error) }),
    );
    response.status(202).json({ calls: playing.calls().map(({ callId, historyId }) => ({ callId, historyId })) });
  });
  app.post('/control/hang-up', (_request, response) => {
    exchange.close();
    response.json({ calls: exchange.calls().length });
  });
  app.get('/control/settings', (_request, response) => void response.json(settings.current()));
  app.patch('/control/settings', (request, response) => {
    response.json(settings.change((request.body ?? {}) as SettingsPatch));
  });
  app.get('/control/clients', (_request, response) => {
    response.json({ clients: principals.all().map(({ secret: _secret, ...shown }) => shown) });
  });
  app.post('/control/clients', (request, response) => {
    const { secret: _secret, ...shown } = principals.put((request.body ?? {}) as PrincipalOptions);
    response.json(shown);
  });
  app.post('/control/faults', async (request, response) => {
    await faults.inject(faultSchema.parse(request.body ?? {}));
    response.json({ done: true });
  });
}

function liveView(call: LiveCall, { nameOf }: Parts['directory']): object {
  const { callId, direction, number, startedAt } = call;
  const legs = call.legs().map(({ dn, status }) => ({ dn, status, label: `${dn} ${nameOf(dn)}`.trim() }));
  return { callId, direction, number, startedAt: new Date(startedAt).toISOString(), legs };
}

/** The key is shown to nobody, as in the admin console. */
function state(installed: Installed | undefined, { directory }: Parts): object {
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
  const extensions = directory.users.all().map(({ Number: number, FirstName, LastName, EmailAddress }) => ({
    number,
    firstName: FirstName,
    lastName: LastName,
    email: EmailAddress,
  }));
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
