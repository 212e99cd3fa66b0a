/** Points of longitude and latitude, degrees. */
type Ring = readonly (readonly number[])[];

export interface Shape {
  readonly id: string;
  readonly rings: readonly Ring[];
}

export interface Outline {
  /** `0 0 width height`, the longer side `size`. */
  readonly viewBox: string;
  readonly paths: readonly { readonly id: string; readonly d: string }[];
}

/** Draws shapes together, north up: a degree of longitude is shortened to what it is at their middle latitude. */
export function outlineOf(shapes: readonly Shape[], size: number): Outline | null {
  const points = shapes.flatMap((shape) => shape.rings.flat());
  if (points.length === 0) return null;
  const bounds = points.reduce(
    (box, [lng = 0, lat = 0]) => ({
      west: Math.min(box.west, lng),
      east: Math.max(box.east, lng),
      south: Math.min(box.south, lat),
      north: Math.max(box.north, lat),
    }),
    { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity },
  );
  const shrink = Math.cos((((bounds.north + bounds.south) / 2) * Math.PI) / 180);
  const wide = (bounds.east - bounds.west) * shrink;
  const high = bounds.north - bounds.south;
  const scale = size / Math.max(wide, high, Number.MIN_VALUE);
  const at = ([lng = 0, lat = 0]: readonly number[]): string =>
    `${((lng - bounds.west) * shrink * scale).toFixed(1)} ${((bounds.north - lat) * scale).toFixed(1)}`;
  return {
    viewBox: `0 0 ${(wide * scale).toFixed(1)} ${(high * scale).toFixed(1)}`,
    paths: shapes.map((shape) => ({ id: shape.id, d: shape.rings.map((ring) => `M${ring.map(at).join('L')}Z`).join('') })),
  };
}
