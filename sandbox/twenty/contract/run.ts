import { randomInt } from 'node:crypto';
import { value } from './answers.ts';
import { type Client, createClient } from './client.ts';
import { publishRun, type Run } from './published-run.ts';
import { pascal } from './records.ts';
import { type Release, releaseAll } from './releases.ts';
import { signIn } from './session.ts';
import { type Target, targetFromEnvironment } from './target.ts';
import { addFields, createObject, deleteObject, type Thing } from './thing.ts';
import { removeTraces } from './traces.ts';

/**
 * Starts the stand-in unless a real server is named, creates the run's object and signs the admin in.
 * Answers what undoes all of it.
 */
export async function startRun(): Promise<() => Promise<void>> {
  const releases: Release[] = [];
  const close = () => releaseAll(releases);
  try {
    await prepare(releases);
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

async function prepare(releases: Release[]): Promise<void> {
  const target = targetFromEnvironment() ?? (await startTarget(releases));
  const client = createClient({ url: target.url, token: target.apiKey, patient: true });
  const name = Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('');
  const origin = await workspaceOrigin(client);
  const run: Run = { name, target, origin, thing: await createThing(client, name, releases) };
  if (target.admin) run.userToken = await signIn(client, target.admin.email, target.admin.password, origin);
  publishRun(run);
}

async function startTarget(releases: Release[]): Promise<Target> {
  const { startStandIn } = await import('./stand-in.ts');
  const standIn = await startStandIn();
  releases.push(standIn.close);
  return standIn.target;
}

async function createThing(client: Client, name: string, releases: Release[]): Promise<Thing> {
  const singular = `contract${pascal(name)}`;
  const names = { singular, plural: `${singular}s` };
  const objectId = await createObject(client, names, `Contract ${name}`);
  releases.push(async () => {
    await removeTraces(client, names);
    value(await deleteObject(client, objectId));
  });
  return { ...names, objectId, ...(await addFields(client, objectId, `Contract ${name}s`)) };
}

async function workspaceOrigin(client: Client): Promise<string> {
  const reply = await client.metadata('{currentWorkspace{workspaceUrls{subdomainUrl customUrl}}}');
  const { workspaceUrls } = value(reply) as { workspaceUrls: { subdomainUrl: string; customUrl: string | null } };
  return new URL(workspaceUrls.customUrl ?? workspaceUrls.subdomainUrl).origin;
}
