import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Started {
  readonly child: ChildProcess;
  /** Address once it is ready, undefined when it ended instead. */
  readonly address: string | undefined;
  readonly complaint: string;
}

/** The centre as an administrator starts it, on its own database in `dataDir`. */
export async function startProgram(dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const settings = { ...process.env, DATA_DIR: dataDir, PORT: '0', NODE_ENV: 'test', ...env };
  const child = spawn(process.execPath, ['server/main.ts'], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, complaint] = ['', ''];
  child.stderr.on('data', (text) => (complaint += String(text)));
  const ready = new Promise<string>((done) =>
    child.stdout.on('data', (text) => {
      out += String(text);
      const line = out.split('\n').find((one) => one.includes('"msg":"ready"'));
      if (line) done((JSON.parse(line) as { readonly address: string }).address);
    }),
  );
  const address = await Promise.race([ready, once(child, 'exit').then(() => undefined)]);
  return { child, address, complaint };
}

/** Ends the program; answers its exit code, null when the signal ended it. */
export async function endProgram(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = (await ended) as [number | null];
  return code;
}

export const headersFor = (token?: string): Record<string, string> => ({
  'x-sync-protocol': '1',
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
});

export const post = ({ address }: Started, path: string, json: unknown, token?: string): Promise<Response> =>
  fetch(`${address}${path}`, { method: 'POST', headers: headersFor(token), body: JSON.stringify(json) });
