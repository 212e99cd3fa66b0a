import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../server/seed/demo-accounts.ts';
import { startCentre } from './run/centre.ts';
import type { Child } from './run/child.ts';
import { buildIfChanged } from './run/page-build.ts';
import { Refusal, say } from './run/say.ts';
import { command, holdStart } from './run/session.ts';
import { electronBinary, startWorkstation } from './run/workstation.ts';

/**
 * The main job, `npm start`: the centre with the demonstration city, and the workstation in front of it.
 * `CENTRE_URL` names a centre that runs already; then only the workstation is started.
 */
command(async (session) => {
  await holdStart();
  const electron = electronBinary();
  await buildIfChanged(session, electron === undefined ? 'page' : 'desktop');
  const elsewhere = process.env['CENTRE_URL'];
  if (elsewhere !== undefined) return untilClosed(session.add(startWorkstation(elsewhere, electron)));
  const centre = await startCentre(session);
  say(`演示账号 ${DEMO_ACCOUNTS[0]?.account}，密码 ${DEMO_PASSWORD}`, 'demo account and password; all accounts:');
  for (const { account, is } of DEMO_ACCOUNTS) process.stdout.write(`    ${account.padEnd(18)}${is}\n`);
  say('正在打开工作站，按 Ctrl-C 结束', 'opening the workstation, Ctrl-C ends it');
  const lost = centre.child.ended.then(() => {
    throw new Refusal('中心服务器意外停止，原因见上。', 'The centre stopped unasked; the reason stands above.');
  });
  return Promise.race([untilClosed(session.add(startWorkstation(centre.url, electron))), lost]);
});

/** Until the officer closes the window. */
async function untilClosed(workstation: Child): Promise<void> {
  if ((await workstation.ended) !== 0)
    throw new Refusal('工作站未能启动或意外结束。', 'The workstation did not start, or ended unasked.');
}
