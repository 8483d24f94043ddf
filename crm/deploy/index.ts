export { DeployError, type DeployProblem } from './errors.ts';
export { installApp, type InstallOptions, type InstallResult } from './install-app.ts';
export type { Plan } from './plan.ts';
export { uninstallApp, type UninstallResult } from './uninstall-app.ts';
