/** Where the built page lives in the desktop shell. */
export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://workstation';

/** Whether an address is exactly of this origin; `app://workstation.evil` and a bad address are not. */
export function isFrom(origin: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}` === origin;
}
