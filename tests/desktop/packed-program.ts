import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
/** Stands in Electron's binary before the bytes that say what the program may do: version, length, then one character each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

/** Packs the built program around a binary that is Electron's in name and fuses only, so that nothing is downloaded. */
export function packWithStub(folder: string): { readonly files: ReadonlyMap<string, Buffer>; readonly fuses: object } {
  const dist = join(folder, 'dist');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
  for (const part of ['resources', 'locales']) mkdirSync(join(dist, part), { recursive: true });
  const stub: Readonly<Record<string, string>> = {
    // All fuses as Electron ships them, the other way round from what we want.
    electron: `stub ${SENTINEL}\u0001${String.fromCharCode(FUSES.length)}10110001 end`,
    version: `v${version}`,
    LICENSE: 'stub',
    'LICENSES.chromium.html': 'stub',
    'locales/zh-CN.pak': 'stub',
    'locales/fr.pak': 'stub',
  };
  for (const [name, text] of Object.entries(stub)) writeFileSync(join(dist, name), text, 'latin1');
  chmodSync(join(dist, 'electron'), 0o755);
  const builder = join(ROOT, 'node_modules/electron-builder/cli.js');
  const output = join(folder, 'release');
  const given = ['--dir', '--linux', '--publish', 'never', `-c.electronDist=${dist}`, `-c.directories.output=${output}`];
  execFileSync(process.execPath, [builder, ...given], { cwd: ROOT, stdio: 'pipe' });
  const packed = join(output, 'linux-unpacked');
  return {
    files: readAsar(readFileSync(join(packed, 'resources/app.asar'))),
    fuses: readFuses(readFileSync(join(packed, 'shian-workstation'), 'latin1')),
  };
}

function readFuses(binary: string): object {
  const at = binary.indexOf(SENTINEL) + SENTINEL.length + 2;
  return Object.fromEntries(FUSES.map((name, place) => [name, binary[at + place] === '1']));
}

interface AsarFolder {
  readonly files: Readonly<Record<string, AsarFolder | { readonly offset: string; readonly size: number }>>;
}

/** Path → content. Header: four little-endian numbers (the second its size, the fourth the length of its json), then the json. */
function readAsar(archive: Buffer): ReadonlyMap<string, Buffer> {
  const begin = 8 + archive.readUInt32LE(4);
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as AsarFolder;
  const found = new Map<string, Buffer>();
  const walk = (folder: AsarFolder, way: string): void => {
    for (const [name, entry] of Object.entries(folder.files)) {
      if ('files' in entry) walk(entry, `${way}${name}/`);
      else found.set(way + name, archive.subarray(begin + Number(entry.offset), begin + Number(entry.offset) + entry.size));
    }
  };
  walk(header, '');
  return found;
}
