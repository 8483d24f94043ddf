import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createGate } from './engine/gate.ts';
import { runScenario, type Run } from './engine/run.ts';
import { readTemplate, type Template } from './engine/template.ts';
import { TemplateError, type Variables } from './engine/values.ts';

/** The one CRM template of the PBX: uploaded, filled in, kept over restarts. */
export type Installation = {
  readonly current: () => Installed | undefined;
  /** @throws TemplateError when the template cannot be used */
  readonly install: (xml: string, values: Readonly<Record<string, string>>) => Promise<Installed>;
  readonly remove: () => Promise<void>;
};

export type Installed = {
  readonly xml: string;
  readonly template: Template;
  readonly values: Readonly<Record<string, string>>;
  /** Runs a scenario with the parameters and the variables of a call, at most so many at once as the template says. */
  readonly run: (scenario: string, variables: Variables) => Promise<Run>;
};

type Kept = { readonly xml: string; readonly values: Readonly<Record<string, string>> };

/** @param file where to keep the template; without it a restart forgets */
export async function openInstallation(file: string | undefined): Promise<Installation> {
  const kept = file === undefined ? undefined : await readKept(file);
  let installed = kept && installedFrom(kept);

  return {
    current: () => installed,
    async install(xml, given) {
      const template = readTemplate(xml);
      assertKnown(template, given);
      // As in 3CX, values survive the upload of another template.
      const values = { ...presets(template), ...installed?.values, ...given };
      if (file !== undefined) await keep(file, { xml, values });
      installed = installedFrom({ xml, values });
      return installed;
    },
    async remove() {
      if (file !== undefined) await rm(file, { force: true });
      installed = undefined;
    },
  };
}

function installedFrom({ xml, values }: Kept): Installed {
  const template = readTemplate(xml);
  const gate = createGate(template.maxConcurrentRequests);
  return {
    xml,
    template,
    values,
    run: async (scenario, variables) =>
      await gate(async () => await runScenario(template, scenario, { ...values, ...variables })),
  };
}

function presets({ parameters }: Template): Record<string, string> {
  return Object.fromEntries(parameters.map(({ name, preset }) => [name, preset]));
}

function assertKnown({ parameters }: Template, values: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(values).find((name) => parameters.every((parameter) => parameter.name !== name));
  if (unknown !== undefined) throw new TemplateError(`the template has no parameter "${unknown}"`);
}

async function readKept(file: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read; delete it and install the template again`, { cause: error });
  }
}

/** A crash leaves the old file or the new one, never half of it. The values hold a key: nobody else may read them. */
async function keep(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(kept, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
