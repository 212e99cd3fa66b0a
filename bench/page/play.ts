import type { Figures } from '../cell.ts';

/** What a page can do for the cells, by name; each is played once, in a browser of its own. */
type Parts = Readonly<Record<string, (given: never) => Promise<Figures>>>;

declare global {
  interface Window {
    play: (part: string, given: unknown) => Promise<Figures>;
  }
}

export function offer(parts: Parts): void {
  window.play = async (name, given) => {
    const part = parts[name];
    if (!part) throw new Error(`no such part: ${name}`);
    // Who asks for a part knows what it takes; only the link between them is lost on the way into the browser.
    return part(given as never);
  };
}
