import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { namesOfCities } from './build/cities.ts';

/** The hub that `npm run console:dev` shows its pages with. */
const hub = 'http://localhost:4400';

/** What every page needs comes in one piece: sixty small ones take a browser longer, and are larger together. */
const frame = {
  name: 'frame',
  tags: ['$initial' as const],
  test: (module: string) => !/(?:main\.tsx|index\.html)$/.test(module),
};

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), namesOfCities()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    // What the budget test and the hub's own file server read.
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    // ECharts and MapLibre are one piece each, loaded with the first chart and the first map.
    chunkSizeWarningLimit: 1200,
    // In a comment of the bundle they would be of no use to anybody; the hub serves none.
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups: [frame] } } },
  },
  server: { port: 4410, strictPort: true, proxy: { '/console/v1': hub, '/live': hub } },
});
