/**
 * Brings the machine to where every command works, then runs the script it was given on the project's own Node:
 * `node scripts/setup.mjs scripts/start.ts`. Runs on any Node from 20.20; a second run changes nothing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

installPackages();
installSystemPackages();
if (process.argv[2] !== undefined) runOnOwnNode(process.argv.slice(2));

/** The packages of the lockfile, once per lockfile. */
function installPackages() {
  const stamp = 'node_modules/.installed';
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}

/** A browser to show the window in and to test with, and Chinese type; installed where that can be done unasked, else said once. */
function installSystemPackages() {
  if (process.platform !== 'linux' || process.env.CHROMIUM) return;
  const wanted = ['chromium', 'fonts-noto-cjk'];
  const isDebian = existsSync('/usr/bin/dpkg-query') && existsSync('/usr/bin/apt-get');
  const missing = isDebian ? wanted.filter((name) => !isInstalled(name)) : existsSync('/usr/bin/chromium') ? [] : wanted;
  if (missing.length === 0) return;
  if (!isDebian || process.getuid() !== 0) {
    console.error(
      `请安装 / please install: ${missing.join(' ')}${isDebian ? `  (sudo apt-get install ${missing.join(' ')})` : ''}`,
    );
    return;
  }
  apt('update', '-q');
  const { status } = apt('install', '-y', '-q', '--no-install-recommends', ...missing);
  if (status !== 0) console.error(`无法安装 / could not install: ${missing.join(' ')}`);
}

function apt(...given) {
  return spawnSync('apt-get', given, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function isInstalled(name) {
  return spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' }).stdout === 'install ok installed';
}

function runOnOwnNode(given) {
  const child = spawn(ownNode(), ['--import', './scripts/run/tether.ts', ...given], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // Ctrl-C reaches the child by itself; it decides when it is done.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  stopWithNpm();
}

/** npm killed outright tells nobody: then those above us are no longer the ones that started us. */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const above = whoIsAbove();
  setInterval(() => {
    if (whoIsAbove() !== above) process.exit(1);
  }, 500).unref();
}

/** The shell npm runs us in, and where it can be read the npm above that. */
function whoIsAbove() {
  try {
    return `${process.ppid} ${readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')[1].split(' ')[1]}`;
  } catch {
    return String(process.ppid); // no /proc on this system
  }
}

/** Node 24 from the lockfile; sources are TypeScript and run as they are. */
function ownNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const folder = `node_modules/node-${system}-${process.arch}`;
  if (existsSync(`${folder}/package.json`))
    return `${folder}/${JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).bin.node}`;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error('请安装 Node 24 / please install Node 24');
  process.exit(1);
}
