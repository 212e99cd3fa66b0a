/** AES-256-GCM over whole files: the browser's own, which is fast and answers later. Nonce first, then the ciphertext. */
export interface BytesSeal {
  seal(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws when the key is another or a byte was changed. */
  open(sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

const NONCE_BYTES = 12;
/** What sealing adds: nonce and tag. */
export const SEAL_BYTES = NONCE_BYTES + 16;

export function bytesSealWith(key: Uint8Array): BytesSeal {
  const imported = crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return {
    async seal(bytes) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await imported, bytes));
      const sealed = new Uint8Array(NONCE_BYTES + body.length);
      sealed.set(iv);
      sealed.set(body, NONCE_BYTES);
      return sealed;
    },
    async open(sealed) {
      const iv = sealed.slice(0, NONCE_BYTES);
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await imported, sealed.slice(NONCE_BYTES)));
    },
  };
}
