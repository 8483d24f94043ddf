/** For `npm run generate`: the files of this folder that follow from `src/`. */
export { buildManifest } from './build-manifest.ts';
export { renderReleased } from './released.ts';
