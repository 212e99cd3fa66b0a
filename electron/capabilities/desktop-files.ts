import { basename, dirname, extname, join } from 'node:path';
import { app, type BaseWindow, dialog } from 'electron';
import type { Host } from '#shared/host/contract.ts';
import { writeDocument } from './save-document.ts';

/** Asks where, then writes; null when the officer cancelled. */
export const saveByDialog =
  (window: BaseWindow | null): Host['files']['save'] =>
  async ({ suggestedName, bytes }) => {
    const extension = extname(suggestedName).slice(1);
    const options = {
      defaultPath: join(app.getPath('downloads'), suggestedName),
      filters: extension === '' ? [] : [{ name: extension.toUpperCase(), extensions: [extension] }],
    };
    const chosen = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
    if (chosen.canceled || chosen.filePath === '') return null;
    return writeDocument(dirname(chosen.filePath), basename(chosen.filePath), bytes);
  };
