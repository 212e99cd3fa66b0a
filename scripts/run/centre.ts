import { createServer } from 'node:net';
import { readSettings } from '../../electron/loopback/settings.ts';
import { readConfig } from '../../server/config.ts';
import { type Child, runScript } from './child.ts';
import { Refusal, say } from './say.ts';
import type { Session } from './session.ts';

export interface RunningCentre {
  readonly url: string;
  readonly child: Child;
}

/**
 * The demonstration city in an embedded database, and the centre in front of it.
 * A database of one's own (`DATABASE_URL`) is seeded only when `SEED_SIZE` says so.
 */
export async function startCentre(session: Session): Promise<RunningCentre> {
  const { PORT, DATABASE_URL } = readConfig(process.env);
  await mustBeFree(PORT);
  const size = process.env['SEED_SIZE'];
  if (DATABASE_URL === undefined || size !== undefined) await seed(session, size ?? 'city');
  say('正在启动中心服务器', 'starting the centre');
  const origins = `app://workstation,http://127.0.0.1:${readSettings(process.env).port}`;
  const env = { LOG_LEVEL: 'warn', ORIGINS: origins, ...process.env };
  const child = session.add(runScript('server/main.ts', [], { apart: true, env }));
  const url = `http://127.0.0.1:${PORT}`;
  const up = await Promise.race([isHealthy(url), child.ended.then(() => false)]);
  if (!up) throw new Refusal('中心服务器未能启动，原因见上。', 'The centre did not start; the reason stands above.');
  return { url, child };
}

async function seed(session: Session, size: string): Promise<void> {
  say(`正在准备演示数据（${size}，首次约一分钟）`, `preparing the demonstration data (${size}, a minute the first time)`);
  const child = session.add(runScript('scripts/seed.ts', [`--size=${size}`], { apart: true }));
  if ((await child.ended) !== 0)
    throw new Refusal('演示数据未能写入，原因见上。', 'The demonstration data could not be written; the reason stands above.');
}

/** Asks until it answers, a minute at most; a start from an empty folder takes seconds. */
async function isHealthy(url: string): Promise<boolean> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined); // not listening yet
    if (answer?.ok) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

/** A start that was killed leaves its port for a moment; longer than ten seconds is somebody else. */
async function mustBeFree(port: number): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    if (await isFree(port)) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Refusal(
    `端口 ${port} 已被其他程序占用：请关闭该程序，或用 PORT=其他端口 再次启动。`,
    `Port ${port} is taken: end that program, or start again with PORT=another.`,
  );
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
