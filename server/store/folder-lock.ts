import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * One centre per data folder. The lock is a name that the operating system frees when its holder dies, however it dies,
 * so there is no stale lock to judge. Answers how to let go.
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const digest = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  const name = process.platform === 'win32' ? `\\\\.\\pipe\\centre-${digest}` : `\0centre-${digest}`;
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done, refuse) => {
    server.once('error', () => refuse(new Error(`another centre already uses the data folder ${folder}`)));
    server.listen(name, done);
  });
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}
