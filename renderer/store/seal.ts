import { gcm } from '@noble/ciphers/aes.js';

/** AES-256-GCM under the officer's data key. A sealed text is 12 bytes nonce, then the ciphertext with its tag. */
export interface Seal {
  seal(text: string): Uint8Array;
  /** Throws when the key is another or a byte was changed. */
  open(sealed: Uint8Array): string;
}

const NONCE_BYTES = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function sealWith(key: Uint8Array): Seal {
  return {
    seal(text) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const body = gcm(key, nonce).encrypt(encoder.encode(text));
      const sealed = new Uint8Array(NONCE_BYTES + body.length);
      sealed.set(nonce);
      sealed.set(body, NONCE_BYTES);
      return sealed;
    },
    open: (sealed) => decoder.decode(gcm(key, sealed.subarray(0, NONCE_BYTES)).decrypt(sealed.subarray(NONCE_BYTES))),
  };
}

/** Bytes as one line of text, for the journal and the keystore. */
export const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
