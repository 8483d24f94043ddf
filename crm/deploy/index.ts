export { buildArtifact, type AppArtifact } from './artifact.ts';
export { type DeployCommand, runCommand } from './command.ts';
export { DeployError, type DeployProblem } from './errors.ts';
export { installApp, type InstallOptions, type InstallResult, type WorkspaceOptions } from './install-app.ts';
export type { Plan } from './plan.ts';
export { uninstallApp, type UninstallResult } from './uninstall-app.ts';
