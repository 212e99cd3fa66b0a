import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Announcements, listenTo } from '../../server/store/pg/notify.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import type { Sql } from '../../server/sync/commit-clock.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
let database: Database;
let url: string;

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster.stop());
beforeEach(async () => {
  url = await cluster.newDatabase();
  database = openDatabase(url, { max: 2 });
  return () => database.close();
});

const refuse = (error: Error): never => {
  throw error;
};

/** Another server's ear: `until` resolves once it heard this head, and answers everything it heard. */
function otherServer(lost: (error: Error) => void = refuse) {
  const heard: (readonly [string, number])[] = [];
  const news = new EventTarget();
  const stop = listenTo(url, {
    lost,
    hear(heads) {
      heard.push(...heads);
      news.dispatchEvent(new Event('heard'));
    },
  });
  const until = async (stream: string, seq: number) => {
    while (!heard.some((one) => one[0] === stream && one[1] === seq)) await once(news, 'heard');
    return heard;
  };
  return { until, stop, heard };
}

const LISTENING = `select pid from pg_stat_activity where query = 'listen sync' and datname = current_database()`;

async function listening(not = 0): Promise<number> {
  for (;;) {
    const [found] = (await database.sql.query(LISTENING)).rows as readonly { readonly pid: number }[];
    if (found && found.pid !== not) return found.pid;
  }
}

test('the first commit is told at once, many close upon it as one, with the newest head of each stream', async () => {
  const other = otherServer();
  await listening();
  const statements: string[] = [];
  const counted: Sql = {
    query(text, values) {
      statements.push(text);
      return database.sql.query(text, values);
    },
  };
  const announcements = new Announcements(counted, refuse);
  for (let seq = 1; seq <= 100; seq++) announcements.say(new Map([[seq % 2 === 0 ? 'd:620102' : 'u:o-wang:1', seq]]));
  expect(await other.until('u:o-wang:1', 99)).toEqual([
    ['u:o-wang:1', 1],
    ['d:620102', 100],
    ['u:o-wang:1', 99],
  ]);
  expect(statements).toHaveLength(2);
  await other.stop();
});

test('a stopping server says what still waits', async () => {
  const other = otherServer();
  await listening();
  const announcements = new Announcements(database.sql, refuse);
  announcements.say(new Map([['city', 7]]));
  await announcements.flush();
  await other.until('city', 7);
  await announcements.flush();
  await other.stop();
  expect(other.heard).toHaveLength(1);
});

test('who stops listening before the connection is made is let go', async () => {
  await Promise.all(Array.from({ length: 8 }, () => otherServer().stop()));
});

test('a listening connection that is broken is made anew', async () => {
  const lost: Error[] = [];
  const other = otherServer((error) => lost.push(error));
  const pid = await listening();
  await database.sql.query('select pg_terminate_backend($1)', [pid]);
  await listening(pid);
  const announcements = new Announcements(database.sql, refuse);
  announcements.say(new Map([['city', 8]]));
  await other.until('city', 8);
  await other.stop();
  expect(lost.length).toBeGreaterThan(0);
});

test('of two who want to be alone one is, and the next one is once it has ended', async () => {
  const other = openDatabase(url, { max: 2 });
  const second: (string | undefined)[] = [];
  await database.alone(1, async () => {
    second.push(await other.alone(1, async () => 'both'), await other.alone(2, async () => 'another matter'));
  });
  await expect(database.alone(1, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  second.push(await other.alone(1, async () => 'alone'));
  expect(second).toEqual([undefined, 'another matter', 'alone']);
  await other.close();
});
