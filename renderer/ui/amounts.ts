const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `5,385` */
export const amount = (n: number): string => grouped.format(n);

/** `3.2 GB`; sizes by powers of 1024, as the officer's file manager shows them. */
export function sizeOf(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${grouped.format(bytes / 1024 ** power)} ${units[power] ?? ''}`;
}
