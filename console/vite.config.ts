/** How the console is built: into dist/console/, for the address that the server has for it, with nothing inline and nothing from elsewhere. */
import { defineConfig } from 'vite';
import { authorizationSlices } from './authorization-slices.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: '/_gatehouse/console/',
  publicDir: false,
  plugins: [authorizationSlices()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2023',
    // A text in an attribute would be inline for the content security policy; a file is not.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: { onLog: (level, log, pass) => { if (log.code !== 'MODULE_LEVEL_DIRECTIVE') pass(level, log); } },
  },
});
