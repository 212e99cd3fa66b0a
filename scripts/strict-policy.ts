import type { Plugin } from 'vite';

/** What a package must be told to live under our content policy (electron/content-policy.ts), because no setting of its own says it everywhere. */
const FITTED: readonly { readonly file: RegExp; readonly find: string; readonly put: string }[] = [
  {
    // Schemas decide when they are made whether to compile themselves by `eval`; no chunk order may come before this.
    file: /zod[\\/]v4[\\/]core[\\/]core\.js$/,
    find: 'export const globalConfig = globalThis.__zod_globalConfig;',
    put: 'export const globalConfig = globalThis.__zod_globalConfig;\nglobalConfig.jitless = true;',
  },
  {
    // Scroll locks and scroll bar measures add a style element without the nonce that ConfigProvider was given.
    file: /@rc-component[\\/]util[\\/]es[\\/]Dom[\\/]dynamicCSS\.js$/,
    find: 'if (csp?.nonce) {\n    styleNode.nonce = csp?.nonce;\n  }',
    put: `const nonce = csp?.nonce ?? document.querySelector('meta[name="csp-nonce"]')?.content;\n  if (nonce) styleNode.nonce = nonce;`,
  },
];

/** Fits those packages while they are bundled; a package whose text has changed fails the build. */
export const strictPolicy = (): Plugin => ({
  name: 'strict-policy',
  transform(code, id) {
    const fit = FITTED.find(({ file }) => file.test(id.split('?')[0] ?? ''));
    if (!fit) return null;
    if (!code.includes(fit.find)) this.error(`${id} is no longer what it was: see scripts/strict-policy.ts`);
    return { code: code.replace(fit.find, () => fit.put), map: null };
  },
});
