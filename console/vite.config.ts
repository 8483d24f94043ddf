import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The hub that `npm run console:dev` shows its pages with. */
const hub = 'http://localhost:4400';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    // What the budget test and the hub's own file server read.
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    // ECharts is one piece, loaded with the first chart.
    chunkSizeWarningLimit: 600,
    // In a comment of the bundle they would be of no use to anybody; the hub serves none.
    sourcemap: false,
  },
  server: { port: 4410, strictPort: true, proxy: { '/console/v1': hub, '/live': hub } },
});
