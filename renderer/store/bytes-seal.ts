/**
 * AES-256-GCM over whole files and records: the browser's own, which is fast and answers later. Nonce first, then the ciphertext.
 * `name`: where the bytes belong; sealed under one name they do not open under another.
 */
export interface BytesSeal {
  seal(bytes: Uint8Array<ArrayBuffer>, name?: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Throws when the key or the name is another or a byte was changed. */
  open(sealed: Uint8Array<ArrayBuffer>, name?: string): Promise<Uint8Array<ArrayBuffer>>;
}

const NONCE_BYTES = 12;
/** What sealing adds: nonce and tag. */
export const SEAL_BYTES = NONCE_BYTES + 16;

const way = (iv: Uint8Array<ArrayBuffer>, name: string): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
});

export function bytesSealWith(key: Uint8Array): BytesSeal {
  const imported = crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return {
    async seal(bytes, name = '') {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const body = new Uint8Array(await crypto.subtle.encrypt(way(iv, name), await imported, bytes));
      const sealed = new Uint8Array(NONCE_BYTES + body.length);
      sealed.set(iv);
      sealed.set(body, NONCE_BYTES);
      return sealed;
    },
    async open(sealed, name = '') {
      const iv = sealed.slice(0, NONCE_BYTES);
      return new Uint8Array(await crypto.subtle.decrypt(way(iv, name), await imported, sealed.subarray(NONCE_BYTES)));
    },
  };
}
