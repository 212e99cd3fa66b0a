import clip from 'polygon-clipping';
import type { Random } from './random.ts';

/** Longitude and latitude in degrees, GCJ-02. */
export type Point = [lng: number, lat: number];
export type Ring = Point[];
/** Polygons, each a list of rings, the first of them its outer one. */
export type Area = Ring[][];

/** At 36° north a degree of longitude is as long as this share of a degree of latitude. */
const LNG_SCALE = Math.cos((36 * Math.PI) / 180);
const METRES_PER_DEGREE = 111_195;

const ringSize = (ring: readonly Point[]): number =>
  Math.abs(
    ring.reduce(
      (sum, [x, y], i) => sum + x * (ring[(i + 1) % ring.length]?.[1] ?? y) - y * (ring[(i + 1) % ring.length]?.[0] ?? x),
      0,
    ),
  ) / 2;

/** Size in square degrees of the outer rings: for comparing, not for measuring. */
export const sizeOf = (area: Area): number => area.reduce((sum, [outer = []]) => sum + ringSize(outer), 0);

/** Is the point inside the ring? Even-odd rule. */
export function ringHolds(ring: readonly Point[], [x, y]: readonly [number, number]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i] as Point, ring[j] as Point];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** The part of a ring where the coordinate `axis` is below `limit` (Sutherland-Hodgman): its size is right, its edges may coincide. */
function below(ring: readonly Point[], axis: 0 | 1, limit: number): Ring {
  const kept: Ring = [];
  ring.forEach((from, i) => {
    const to = ring[(i + 1) % ring.length] as Point;
    if (from[axis] <= limit) kept.push(from);
    if (from[axis] <= limit === to[axis] <= limit) return;
    const t = (limit - from[axis]) / (to[axis] - from[axis]);
    kept.push([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]);
  });
  return kept;
}

function extent(area: Area): { readonly min: Point; readonly max: Point } {
  const points = area.flat(2);
  const along = (axis: 0 | 1) => points.map((point) => point[axis]);
  return {
    min: [Math.min(...along(0)), Math.min(...along(1))],
    max: [Math.max(...along(0)), Math.max(...along(1))],
  };
}

const box = ([left, bottom]: Point, [right, top]: Point): Ring[] => [
  [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
    [left, bottom],
  ],
];

/** Where to cut across `axis` so that `share` of the area lies below. */
function cutAt(area: Area, axis: 0 | 1, low: number, high: number, share: number): number {
  const wanted = sizeOf(area) * share;
  let [from, to] = [low, high];
  for (let step = 0; step < 30; step++) {
    const middle = (from + to) / 2;
    const size = area.reduce((sum, [outer = []]) => sum + ringSize(below(outer, axis, middle)), 0);
    if (size < wanted) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** Cuts an area into `count` parts of about equal size: always across its longer side, west before east and north before south. */
export function divide(area: Area, count: number): Area[] {
  if (count === 1) return [area];
  const { min, max } = extent(area);
  const axis = (max[0] - min[0]) * LNG_SCALE > max[1] - min[1] ? 0 : 1;
  const half = Math.floor(count / 2);
  const first = axis === 0 ? half : count - half;
  const at = cutAt(area, axis, min[axis], max[axis], first / count);
  const low = clip.intersection(area, box(min, axis === 0 ? [at, max[1]] : [max[0], at]));
  const high = clip.intersection(area, box(axis === 0 ? [at, min[1]] : [min[0], at], max));
  const parts = [divide(low, first), divide(high, count - first)];
  return (axis === 0 ? parts : parts.toReversed()).flat();
}

/** The area within `metres` of `center`, as a sixteen-cornered piece of `within`. */
export function around([lng, lat]: Point, metres: number, within: Area): Area {
  const radius = metres / METRES_PER_DEGREE;
  const corner = (i: number): Point => [
    lng + (radius / LNG_SCALE) * Math.cos((i * Math.PI) / 8),
    lat + radius * Math.sin((i * Math.PI) / 8),
  ];
  return clip.intersection([[Array.from({ length: 17 }, (_, i) => corner(i % 16))]], within);
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** The outer rings, largest first, corners rounded to a tenth of a metre: how a grid cell keeps its area. */
export function outline(area: Area): Ring[] {
  const rings = area.map(([outer = []]) => outer.map(([x, y]): Point => [rounded(x), rounded(y)]));
  return rings
    .toSorted((a, b) => ringSize(b) - ringSize(a))
    .filter((ring) => ring.length >= 4 && ringSize(ring) > 1e-10)
    .slice(0, 20);
}

/** A point inside the largest ring of an outline. */
export function pointIn(rings: readonly Ring[], random: Random): Point {
  const ring = rings[0] ?? [];
  const { min, max } = extent([[ring]]);
  for (;;) {
    const point: Point = [
      rounded(min[0] + random.next() * (max[0] - min[0])),
      rounded(min[1] + random.next() * (max[1] - min[1])),
    ];
    if (ringHolds(ring, point)) return point;
  }
}
