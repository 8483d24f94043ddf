import { DeployError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import type { WorkspaceApi } from './metadata-api.ts';

/** The oldest server on which this application was measured to install. */
const OLDEST_SERVER = [2, 21, 0] as const;

export type WorkspaceObject = {
  readonly universalIdentifier: string;
  readonly nameSingular: string;
  readonly namePlural: string;
  readonly fieldsList: readonly { readonly universalIdentifier: string; readonly name: string }[];
};

/** What is there before anything is done. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** `undefined` when the server does not tell, as development builds do. */
  readonly serverVersion: string | undefined;
  readonly objects: readonly WorkspaceObject[];
  /** Id and version of our application in this workspace, when it is installed. */
  readonly installed: { readonly id: string; readonly version: string | null } | undefined;
}

const WORKSPACE = `query Workspace {
  currentWorkspace { id displayName }
  objects(paging: { first: 1000 }, filter: {}) {
    edges { node { universalIdentifier nameSingular namePlural fieldsList { universalIdentifier name } } }
  }
}`;

/** Apart from the query above: this one needs the permission to manage applications. */
const APPLICATIONS = 'query Applications { findManyApplications { id version universalIdentifier } }';

type WorkspaceAnswer = {
  readonly currentWorkspace: { readonly id: string; readonly displayName: string | null };
  readonly objects: { readonly edges: readonly { readonly node: WorkspaceObject }[] };
};
type ApplicationsAnswer = {
  readonly findManyApplications: readonly {
    readonly id: string;
    readonly version: string | null;
    readonly universalIdentifier: string;
  }[];
};

/** Looks at server and workspace. Throws `DeployError` when the server is too old, the key is bad or may not manage applications. */
export async function inspectWorkspace(api: WorkspaceApi, application: string): Promise<Workspace> {
  const serverVersion = await versionOf(api);
  requireVersion(api.url, serverVersion);
  const { currentWorkspace, objects } = await api.metadata<WorkspaceAnswer>(WORKSPACE);
  const { findManyApplications } = await api.metadata<ApplicationsAnswer>(APPLICATIONS);
  return {
    id: currentWorkspace.id,
    name: currentWorkspace.displayName ?? currentWorkspace.id,
    serverVersion,
    objects: objects.edges.map((edge) => edge.node),
    installed: findManyApplications.find((each) => each.universalIdentifier === application),
  };
}

async function versionOf(api: WorkspaceApi): Promise<string | undefined> {
  const config = (await api.json('/client-config')) as { readonly appVersion?: unknown } | undefined;
  const version = config?.appVersion;
  return typeof version === 'string' && /^v?\d+\.\d+\.\d+/.test(version) ? version.replace(/^v/, '') : undefined;
}

function requireVersion(url: string, version: string | undefined): void {
  if (version === undefined) return;
  const parts = version.split(/[.-]/, 3).map(Number);
  const difference = OLDEST_SERVER.map((wanted, index) => (parts[index] ?? 0) - wanted).find((each) => each !== 0) ?? 0;
  if (difference >= 0) return;
  throw new DeployError(
    'too-old',
    `${url} runs Twenty ${version}; the application needs ${OLDEST_SERVER.join('.')} or newer.`,
    'Upgrade Twenty first.',
  );
}

/** Names that the workspace already uses for something of its own. Throws `DeployError` that lists them all. */
export function requireFreeNames(workspace: Workspace, manifest: Manifest): void {
  const taken = [...takenObjects(workspace, manifest), ...takenFields(workspace, manifest)];
  if (taken.length === 0) return;
  throw new DeployError(
    'collision',
    `The workspace "${workspace.name}" already has something else under these names: ${taken.join(', ')}.`,
    'Rename these in Twenty under Settings, Data model (their data stays), then install again.',
  );
}

const takenObjects = (workspace: Workspace, manifest: Manifest): string[] =>
  manifest.objects.flatMap((own) =>
    workspace.objects
      .filter((other) => other.universalIdentifier !== own.universalIdentifier)
      .filter((other) =>
        [other.nameSingular, other.namePlural].some((name) => name === own.nameSingular || name === own.namePlural),
      )
      .map((other) => `object ${other.nameSingular}`),
  );

const takenFields = (workspace: Workspace, manifest: Manifest): string[] =>
  manifest.fields.flatMap((own) => {
    const object = workspace.objects.find((each) => each.universalIdentifier === own.objectUniversalIdentifier);
    const other = object?.fieldsList.find((each) => each.name === own.name);
    return object && other && other.universalIdentifier !== own.universalIdentifier
      ? [`field ${object.nameSingular}.${own.name}`]
      : [];
  });
