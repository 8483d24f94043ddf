import type { Manifest, ManifestField } from './manifest.ts';

/**
 * The relations of every own object to timeline, attachments, notes and tasks, without which these tabs of a record page fail. The server adds
 * them by itself since the version of the SDK that we build with, and that SDK leaves them out; a 2.21 server does not
 * (measured), and expects them in the manifest with the identifiers that its own SDK gave them.
 */
export interface SystemLinks {
  /** By the universal identifier of the own object. */
  readonly ofObjects: Readonly<Record<string, readonly ManifestField[]>>;
  readonly ofStandardObjects: readonly ManifestField[];
}

const FIRST_SERVER_THAT_ADDS_THEM = [2, 38] as const;

export function withSystemLinks(manifest: Manifest, { ofObjects, ofStandardObjects }: SystemLinks): Manifest {
  return {
    ...manifest,
    objects: manifest.objects.map((object) => ({
      ...object,
      fields: [...object.fields, ...(ofObjects[object.universalIdentifier] ?? [])],
    })),
    fields: [...manifest.fields, ...ofStandardObjects],
  };
}

/** @param version undefined: a server that does not tell is taken for an old one */
export function needsSystemLinks(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '0.0').split('.').map(Number);
  const [wantedMajor, wantedMinor] = FIRST_SERVER_THAT_ADDS_THEM;
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
