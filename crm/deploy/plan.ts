import { DeployError } from './errors.ts';
import type { Manifest } from './manifest.ts';
import { MetadataError, type WorkspaceApi } from './metadata-api.ts';

type Option = { readonly value: string };
type Entity = {
  readonly universalIdentifier?: string;
  readonly objectMetadataUniversalIdentifier?: string | null;
  readonly [attribute: string]: unknown;
};

/** One step that Twenty would take, as `syncApplication` gives it on a dry run (2.21, measured). */
export type Action = {
  readonly type: 'create' | 'update' | 'delete';
  readonly metadataName: string;
  readonly flatEntity?: Entity;
  readonly diff?: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
};

/** What an installation would do, in words. */
export interface Plan {
  readonly create: number;
  readonly change: number;
  readonly destroy: number;
  /** One line per kind of thing that is created, one per thing that is changed or removed. */
  readonly lines: readonly string[];
  /** What would be lost for good: fields, objects, values of select options, roles of members. */
  readonly losses: readonly string[];
}

export const isEmpty = (plan: Plan): boolean => plan.create + plan.change + plan.destroy === 0;

const DRY_RUN = `mutation SyncApplication($manifest: JSON!, $dryRun: Boolean) {
  syncApplication(manifest: $manifest, dryRun: $dryRun) { applicationUniversalIdentifier actions }
}`;

/** Asks the server what it would do with this manifest; nothing is changed. Works also where the application is not installed yet. */
export async function planInstall(api: WorkspaceApi, manifest: Manifest): Promise<Plan> {
  try {
    const { syncApplication } = await api.metadata<{ syncApplication: { actions: readonly Action[] } }>(DRY_RUN, {
      manifest,
      dryRun: true,
    });
    return describe(syncApplication.actions, manifest);
  } catch (error) {
    throw error instanceof MetadataError ? rejected(error) : error;
  }
}

function describe(actions: readonly Action[], manifest: Manifest): Plan {
  const names = namesIn(manifest);
  const of = (type: Action['type']) => actions.filter((action) => action.type === type);
  const created = Object.groupBy(of('create'), (action) => action.metadataName);
  return {
    create: of('create').length,
    change: of('update').length,
    destroy: of('delete').length,
    lines: [
      ...Object.entries(created).map(([kind, list]) => `create ${list?.length ?? 0} × ${kindName(kind)}`),
      ...of('update').map((action) => `change ${title(action, names)}: ${Object.keys(action.diff ?? {}).join(', ')}`),
      ...of('delete').map((action) => `remove ${title(action, names)}`),
    ],
    losses: actions.flatMap((action) => lossesOf(action, names)),
  };
}

/** By universal identifier. */
type Names = ReadonlyMap<string, string>;

const namesIn = ({ objects, fields, views }: Manifest): Names =>
  new Map([
    ...objects.flatMap((object) => object.fields.map((field) => [field.universalIdentifier, field.name] as const)),
    ...fields.map((field) => [field.universalIdentifier, field.name] as const),
    ...objects.map((object) => [object.universalIdentifier, object.nameSingular] as const),
    ...views.map((view) => [view.universalIdentifier, `"${view.name}"`] as const),
  ]);

const LOSSES: Readonly<Record<string, string>> = {
  objectMetadata: 'with all its records',
  fieldMetadata: 'with its value in every record',
  role: 'from every member who has it',
};

function lossesOf(action: Action, names: Names): string[] {
  const loss = LOSSES[action.metadataName];
  if (action.type === 'delete') return loss === undefined ? [] : [`${title(action, names)}, ${loss}`];
  const options = action.diff?.['options'];
  if (action.type !== 'update' || options === undefined) return [];
  const kept = new Set(valuesOf(options.after));
  const gone = valuesOf(options.before).filter((value) => !kept.has(value));
  return gone.map((value) => `option ${value} of ${title(action, names)}, from every record that has it`);
}

const valuesOf = (options: unknown): string[] =>
  Array.isArray(options) ? (options as Option[]).map((option) => option.value) : [];

/** `objectMetadata` -> `object`, `viewField` -> `view field`. */
const kindName = (kind: string): string =>
  kind.replace(/Metadata$/, '').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

function title(action: Action, names: Names): string {
  const { flatEntity } = action;
  const named = (key: string): string | undefined => {
    const identifier = flatEntity?.[key];
    return isText(identifier) ? names.get(identifier) : undefined;
  };
  const name =
    ['nameSingular', 'name', 'label', 'title', 'fieldValue'].map((key) => flatEntity?.[key]).find(isText) ??
    named('fieldMetadataUniversalIdentifier') ??
    flatEntity?.universalIdentifier ??
    '';
  const owner = named('objectMetadataUniversalIdentifier');
  const view = named('viewUniversalIdentifier');
  return `${kindName(action.metadataName)} ${owner === undefined ? '' : `${owner}.`}${name}${view === undefined ? '' : ` of view ${view}`}`;
}

const isText = (value: unknown): value is string => typeof value === 'string';

type Complaint = {
  readonly errors?: readonly { readonly message?: string }[];
  readonly flatEntityMinimalInformation?: { readonly name?: string };
};

/** Twenty lists every complaint about a manifest; the first few say enough. */
function rejected(error: MetadataError): DeployError {
  const lists = Object.entries((error.extensions['errors'] ?? {}) as Record<string, readonly Complaint[]>);
  const reasons = lists.flatMap(([kind, list]) =>
    list.map(
      (each) =>
        `${kindName(kind)} ${each.flatEntityMinimalInformation?.name ?? ''}: ${each.errors?.[0]?.message ?? 'refused'}`,
    ),
  );
  if (reasons.length === 0) return error;
  const shown = reasons.slice(0, 5).join('; ');
  return new DeployError(
    'server',
    `Twenty does not accept the application (${reasons.length} complaints): ${shown}`,
    'Nothing was changed. Where a name is taken, rename the other thing in Twenty; otherwise check that the server is supported.',
  );
}
