import type { MetadataModule } from './module.ts';
import { workspaceModule } from './workspace.ts';

/** All areas of /metadata. */
export const metadataModules: readonly MetadataModule[] = [workspaceModule];
