/** Leaving does not wait longer than this for a storage that does not answer, ms. */
const LONGEST_MS = 2000;

/** Keeps what one field holds and is not kept yet; resolves once it is, or could not be. */
type Keep = () => Promise<void>;

const open = new Set<Keep>();

/** Names a field that may hold what is not kept; returns how to take it off. */
export function openDraft(keep: Keep): () => void {
  open.add(keep);
  return () => open.delete(keep);
}

/** Keeps every open draft of this window, as must be done before the key is taken away. */
export async function keepDrafts(): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<void>((done) => {
    timer = setTimeout(done, LONGEST_MS);
  });
  await Promise.race([Promise.all([...open].map((keep) => keep())), enough]);
  clearTimeout(timer);
}
