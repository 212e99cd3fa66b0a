/**
 * What a page of ours may load and reach, the same in both shells.
 * Scripts only from the build; one nonce per delivered page for the style elements antd adds; the centre is the only address outside.
 */
export function contentPolicy(selfOrigin: string, centreUrl: string, nonce: string): string {
  const centre = new URL(centreUrl).origin;
  const reach = ["'self'", socketOf(selfOrigin), centre, socketOf(centre)].filter((source) => source !== undefined);
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    `connect-src ${reach.join(' ')}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers every answer of a shell carries. */
export const SAFE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
} as const;

/** `wss:` beside `https:`; the desktop's own scheme has no sockets. */
const socketOf = (origin: string): string | undefined => (origin.startsWith('http') ? origin.replace(/^http/, 'ws') : undefined);
