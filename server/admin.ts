/**
 * What an administrator does at the centre's own machine, whether the centre is running or not:
 *
 *     node server/admin.ts open-account <account> <district> <officer id> <name> <role>    password on standard input
 *     node server/admin.ts end-sessions <district> <officer id>
 *     node server/admin.ts workstations
 *     node server/admin.ts wipe <workstation>                                              when it was stolen or lost
 *     node server/admin.ts pack                                                            as every night, now
 *     node server/admin.ts verify-audit
 */
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { ROLES } from '#shared/domain/permission.ts';
import { districtStream } from '#shared/schema/stream.ts';
import { verifyAudit } from './audit/verify.ts';
import { readConfig } from './config.ts';
import { putAccounts } from './identity/accounts.ts';
import { endSessionsOf } from './identity/sessions.ts';
import { askWipe, listWorkstations } from './identity/workstations.ts';
import { inWords } from './in-words.ts';
import { NIGHT_LOCK } from './nightly/night.ts';
import { type OpenCentre, openCentre } from './open-centre.ts';
import { packAll } from './segments/pack.ts';
import { runningEmbedded } from './store/embedded.ts';
import { activeOfficer } from './sync/actor.ts';
import { applyAsSystem } from './sync/machine.ts';

const id = z.string().min(1).max(64);
const district = z.string().regex(/^\d{6}$/);
const role = z.enum(Object.keys(ROLES).filter((name) => name !== 'system'));
const password = z.string().min(8).max(200);

type Command = (open: OpenCentre, args: readonly string[]) => Promise<string>;

const COMMANDS: Readonly<Record<string, Command>> = {
  /** Enrols the officer, with a grant on the home district, where there is none yet; the body is for the bureau to set. */
  async 'open-account'({ centre, database }, args) {
    const [account, districtId, officerId, name, as] = z.tuple([id, district, id, id, role]).parse(args);
    const secret = password.parse((await text(process.stdin)).trim());
    const officer = await centre.store.read((moment) => activeOfficer(moment, { districtId, officerId }), districtId);
    if (!officer) {
      const nothing = { orgUnitId: districtId, certNo: null, certExpires: null, phone: null };
      const stream = districtStream(districtId);
      const [odd] = await applyAsSystem(centre, districtId, [
        { name: 'officers.enrol', at: 0, args: { id: officerId, name, account, roles: [as], state: 'active', ...nothing } },
        { name: 'grants.give', at: 0, args: { id: `g-${officerId}`, officerId, stream, since: 0, until: null } },
      ]);
      if (odd) throw new Error(`${odd.command.name} was refused: ${odd.code}`);
    }
    await putAccounts(database.sql, [{ account, districtId, officerId }], { password: secret, demo: false });
    return `${account} may sign in`;
  },

  async 'end-sessions'({ centre, database }, args) {
    const [districtId, officerId] = z.tuple([district, id]).parse(args);
    await endSessionsOf(database.sql, { districtId, officerId }, centre.now());
    return `no session of ${officerId} is open`;
  },

  async workstations({ database }) {
    const lines = await listWorkstations(database.sql);
    return lines.map((line) => Object.values(line).map(String).join('\t')).join('\n');
  },

  async wipe({ centre, database }, args) {
    const [device] = z.tuple([z.uuid()]).parse(args);
    const officers = await askWipe(database.sql, device, centre.now());
    if (officers === 0) throw new Error('no such workstation ever greeted');
    return `the work of ${officers} officers there is destroyed once it has sent what waits`;
  },

  async pack({ centre, database }) {
    const made = await database.alone(NIGHT_LOCK, () => packAll(centre, centre.now()));
    if (made === undefined) throw new Error('another process of the centre packs just now');
    return `${made} segments were made`;
  },

  async 'verify-audit'({ database }) {
    const { rows } = await database.sql.query('select district_id as district from audit_tip order by 1');
    for (const { district: one } of rows as readonly { readonly district: string }[]) {
      const bad = await verifyAudit(database, one);
      if (bad !== undefined) throw new Error(`the audit chain of ${one} is broken at line ${bad}`);
    }
    return `${rows.length} audit chains are whole`;
  },
};

async function main([name = '', ...args]: readonly string[]): Promise<void> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Error(`one of: ${Object.keys(COMMANDS).join(', ')}`);
  const config = readConfig(process.env);
  const DATABASE_URL = config.DATABASE_URL ?? (await runningEmbedded(config.DATA_DIR));
  const open = await openCentre(
    { ...config, DATABASE_URL },
    {
      defect: (error) => {
        throw error;
      },
      lost: () => undefined,
    },
  );
  try {
    process.stdout.write(`${await command(open, args)}\n`);
  } finally {
    await open.close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${inWords(error)}\n`);
  process.exitCode = 1;
});
