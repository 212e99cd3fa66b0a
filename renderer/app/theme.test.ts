import { expect, test } from 'vitest';
import { PALETTES } from './theme.ts';

/** Relative luminance and contrast by WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const inks = ['text', 'text-2', 'accent', 'done', 'soon', 'bad'] as const;
const grounds = ['ground', 'surface', 'raised', 'hover', 'selected'] as const;
const pairs = (['light', 'dark'] as const).flatMap((shade) =>
  inks.flatMap((ink) => grounds.map((ground) => [shade, ink, ground] as const)),
);

test.each(pairs)('in %s, %s is readable on %s', (shade, ink, ground) => {
  expect(contrast(PALETTES[shade][ink], PALETTES[shade][ground])).toBeGreaterThanOrEqual(4.5);
});

test.each(['light', 'dark'] as const)('in %s, a warning is readable on its ground', (shade) => {
  const palette = PALETTES[shade];
  for (const ink of ['text', 'text-2', 'soon'] as const)
    expect(contrast(palette[ink], palette['soon-ground'])).toBeGreaterThanOrEqual(4.5);
});

test.each(['light', 'dark'] as const)(
  'in %s, white is readable on the primary blue and the sign of a refusal on its red',
  (shade) => {
    expect(contrast('#FFFFFF', PALETTES[shade].primary)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(PALETTES[shade]['on-bad'], PALETTES[shade].bad)).toBeGreaterThanOrEqual(4.5);
  },
);
