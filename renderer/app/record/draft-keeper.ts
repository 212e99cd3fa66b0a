const WRITE_AFTER_MS = 400;
/** Who types without a pause is not kept waiting longer than this for the first write. */
const WRITE_WITHIN_MS = 800;
const RETRY_AFTER_MS = 3000;

export interface DraftKeeper<T> {
  /** The latest stroke; kept shortly after the last of them, and within a second of the first. */
  readonly note: (given: T) => void;
  /** Keeps at once what is not kept yet; resolves once it is, or could not be. */
  readonly flush: () => Promise<void>;
  /** Tries no more after a failure: the field is gone, and with it perhaps the officer. */
  readonly close: () => void;
}

/**
 * Keeps what is typed; what could not be kept is tried again until it is kept or replaced.
 * `allKept`: nothing typed is in danger now; what was kept last.
 */
export function draftKeeper<T>(keep: (given: T) => Promise<void>, allKept: (given: T) => void): DraftKeeper<T> {
  let unkept: { readonly given: T } | null = null;
  /** When the first stroke came that no write has begun for, ms. */
  let since: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let going: Promise<void> = Promise.resolve();
  let closed = false;

  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };
  const attempt = async () => {
    const mine = unkept;
    since = null;
    if (mine === null) return;
    try {
      await keep(mine.given);
      if (unkept !== mine) return;
      unkept = null;
      allKept(mine.given);
    } catch (error) {
      // No sign 草稿已保存 appears; the text stays in the field.
      console.warn('a draft could not be kept', error);
      if (unkept === mine && !closed) later(RETRY_AFTER_MS);
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    going = Promise.all([going, attempt()]).then(() => undefined);
    return going;
  };
  return {
    note: (given) => {
      unkept = { given };
      since ??= Date.now();
      later(Math.max(0, Math.min(WRITE_AFTER_MS, since + WRITE_WITHIN_MS - Date.now())));
    },
    flush,
    close: () => {
      closed = true;
      void flush();
    },
  };
}
