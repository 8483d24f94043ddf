export { panelMirrors } from './mirrors.ts';
export { createPanel, type Panel } from './panel.ts';
