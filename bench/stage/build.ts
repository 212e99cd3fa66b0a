import { join } from 'node:path';
import { build, type PluginOption } from 'vite';
import product from '../../vite.config.ts';
import { REFERENCES } from '../references/install.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Built here and not where `npm run build` puts it, so that neither disturbs the other. */
export const PAGES = join(ROOT, 'out/bench/pages');
export const PRODUCT = join(ROOT, 'out/bench/product');

const PINNED = /^(rxdb|rxjs|pouchdb-[a-z-]+)(\/|$)/;

/** The references are looked for where they were installed. */
const fromReferences: PluginOption = {
  name: 'references',
  enforce: 'pre',
  resolveId(source) {
    return PINNED.test(source) ? this.resolve(source, join(REFERENCES, 'page.js'), { skipSelf: true }) : undefined;
  },
};

export async function buildPages(withReferences: boolean): Promise<void> {
  const root = join(import.meta.dirname, '../page');
  const names = withReferences ? ['index.html', 'references.html'] : ['index.html'];
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [fromReferences],
    define: { global: 'globalThis' },
    build: {
      outDir: PAGES,
      emptyOutDir: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: names.map((name) => join(root, name)) },
    },
  });
}

export async function buildProduct(): Promise<void> {
  await build({
    ...product,
    configFile: false,
    root: join(ROOT, 'renderer'),
    publicDir: join(ROOT, 'resources/page'),
    logLevel: 'warn',
    build: { ...product.build, outDir: PRODUCT },
  });
}
