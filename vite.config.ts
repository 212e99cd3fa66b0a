import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { strictPolicy } from './scripts/strict-policy.ts';

const vendor = (name: string, packages: string): { readonly name: string; readonly test: RegExp } => ({
  name,
  test: new RegExp(`node_modules[\\\\/](?:${packages})[\\\\/]`),
});

/** The page, for both shells: `npx vite build` makes `out/renderer`; the desktop build and `npm run dev` use these same settings. */
export default defineConfig({
  root: 'renderer',
  base: './',
  publicDir: '../resources/page',
  plugins: [react(), strictPolicy()],
  // The engine is a shared worker of type `module`.
  worker: { format: 'es', plugins: () => [strictPolicy()] },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    minify: 'oxc',
    sourcemap: false,
    // Inlined files would be `data:` addresses, which the content policy forbids to scripts and fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            vendor('react', 'react|react-dom|scheduler|react-router'),
            vendor('antd', 'antd|@ant-design|@rc-component'),
            vendor('data', 'dexie|zod|i18next|react-i18next'),
          ],
        },
      },
    },
  },
});
