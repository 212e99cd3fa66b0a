import type { WebContents } from 'electron';
import type { Host } from '#shared/host/contract.ts';

/** Prints the page of the window that asked, through the dialog of the operating system. */
export const desktopPrint = (contents: Pick<WebContents, 'print'>): Host['print'] => ({
  page: () =>
    new Promise((answer) => {
      contents.print({ printBackground: true }, (printed) => answer({ by: 'desktop', printed }));
    }),
});
