import { registerHooks } from 'node:module';

/** `node --import` this and a program that imports `electron` gets the one that drives the system's Chromium. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./chromium-electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
