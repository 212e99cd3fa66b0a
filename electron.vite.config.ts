import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import page from './vite.config.ts';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** The desktop program in three parts. Packages are bundled, so that the program carries no `node_modules`. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      minify: 'oxc',
      sourcemap: false,
      rolldownOptions: { input: { index: at('electron/main.ts') } },
    },
  },
  // A sandboxed preload is one CommonJS file.
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      isolatedEntries: true,
      sourcemap: false,
      rolldownOptions: {
        input: { index: at('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...page,
    build: {
      ...page.build,
      outDir: 'out/renderer',
      rolldownOptions: { ...page.build?.rolldownOptions, input: at('renderer/index.html') },
    },
  },
});
