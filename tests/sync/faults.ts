/** Everything that goes wrong in a history, by name. docs/simulator.md lists them; a run in which one of them never struck fails. */
import { crc32 } from '#shared/protocol/crc32.ts';
import { type Dice, diceOf } from '../support/dice.ts';

/** Name → [greatest chance each time it could happen, what happens]. */
export const FAULTS = {
  // the line: each request and each answer
  dropRequest: [0.3, 'a request is lost'],
  dropAnswer: [0.3, 'an answer is lost'],
  duplicateNow: [0.3, 'a request arrives twice at once'],
  duplicateLate: [0.3, 'a copy of a request arrives long after the first was answered'],
  reorder: [0.3, 'a request is overtaken by later ones'],
  delayPastTimeout: [0.1, 'a request arrives after the workstation gave it up'],
  slowDrip: [0.2, 'an answer drips in, often for longer than anybody waits'],
  cutBody: [0.2, 'an answer breaks off after some byte'],
  portal: [0.1, 'a portal answers 200 with a page of its own'],
  badGateway: [0.03, 'a gateway answers 502 for a while'],
  refuse401: [0.05, 'the centre says 401, before or in the middle of what was asked'],
  refuse403: [0.05, 'the centre or a proxy says 403, before or in the middle'],
  refuse413: [0.05, 'a body is called too large'],
  refuse429: [0.1, 'the centre says 429, before or in the middle'],
  tls: [0.05, 'the certificate does not fit for a while'],
  dropPoke: [0.8, 'a poke is lost'],

  // the centre
  killBeforeCommit: [0.15, 'the centre is killed before it commits'],
  killAfterCommit: [0.1, 'the centre is killed after a commit, before it can say so'],
  restartMidPage: [0.1, 'the centre is restarted in the middle of a page'],
  restart: [0.15, 'the centre is away for a while'],
  newEpoch: [0.04, 'the database is made anew: another epoch over the same rows'],
  restoreNoticed: [0.05, 'the database is restored from an older backup, and the centre knows'],
  packed: [0.05, 'the centre makes its rows ready for first loads anew'],
  olderCentre: [0.05, 'the centre is rolled back to its earlier version, or brought forward again'],
  restoreUnnoticed: [0.05, 'the database is restored from an older backup, and nobody notices: the same numbers are given again'],

  // the program on the workstation
  killBeforeOutbox: [0.1, 'the program dies before the outbox has a mutation'],
  killBeforeJournal: [0.1, 'the program dies before the journal has a mutation'],
  killAfterJournal: [0.1, 'the program dies when the journal has it and the copy does not show it'],
  killBeforeCacheCommit: [0.1, 'the program dies before rows and cursor are written'],
  killAfterCacheCommit: [0.1, 'the program dies after rows and cursor are written'],
  killAfterAck: [0.1, 'the program dies when it has noted what the centre decided'],
  killBeforeOutboxDelete: [0.1, 'the program dies after the acknowledgement, before the outbox lets go'],
  killBetweenPages: [0.2, 'the program dies between two pages'],
  killAnywhere: [0.1, 'the program dies at some operation of its stores'],

  earlierProgram: [1, 'work is done with the earlier version of the program'],
  upgrade: [0.1, 'the program is brought to the newer version while work of the earlier one waits'],

  // its disk
  tornJournal: [0.1, 'the power goes while a line of the journal is written: half of it is left'],
  rottenJournal: [0.05, 'a line of the journal cannot be read any more'],
  diskFull: [0.02, 'the disk is full for a while'],
  silentStore: [0.01, 'a transaction never answers; it may have been done'],
  wipeBoth: [0.03, 'both databases come up empty'],
  wipeCache: [0.03, 'the database of the copy comes up empty'],
  wipeOutbox: [0.03, 'the database of the outbox comes up empty'],

  // its clock and its line
  clockForwardHour: [0.03, 'the clock jumps an hour forward'],
  clockBackHour: [0.03, 'the clock jumps an hour back'],
  clockForwardDay: [0.03, 'the clock jumps a day forward'],
  suspend: [0.01, 'everything sleeps for eight hours'],
  unplug: [0.15, 'the cable is out for a while'],
  workOffline: [0.1, 'the officer switches to working offline, or back'],

  // people
  grantMoves: [0.1, 'a grant is withdrawn, or given again'],
  grantMidBatch: [0.1, 'a grant is withdrawn or given in the middle of a push'],
  officerLeaves: [0.05, 'an officer leaves, or comes back'],
  roleLowered: [0.05, 'an officer’s roles change'],
  removedRemotely: [0.1, 'a record goes while it is worked on'],
  twoWindows: [0.3, 'two windows do something at the same moment'],
  samePerson: [0.5, 'an officer works at two workstations'],
  switchOfficer: [0.15, 'another officer signs in at the same workstation, work still waiting'],
} as const satisfies Record<string, readonly [most: number, says: string]>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** How likely it is that a history knows a fault at all: with every fault in every history nothing would get through. */
const SHARE = 0.25;

/** What one history may suffer; each fault has chance of its own, so that one can be switched off and the others stay. */
export interface Weather {
  /** Does it happen now? Counted when it does. */
  strikes(name: FaultName): boolean;
  /** Would it? To be counted when it has happened, by `struck`. */
  threatens(name: FaultName): boolean;
  struck(name: FaultName): void;
  /** Is it among the faults of this history? */
  knows(name: FaultName): boolean;
  /** Chance of this fault alone: how long, where, to whom. */
  dice(name: FaultName): Dice;
  readonly hits: ReadonlyMap<FaultName, number>;
  /** From now on nothing happens any more. */
  clear(): void;
}

/** Chance that depends on the seed and on what it is for, and on nothing that was drawn before. */
export const chanceOf = (seed: number, what: string): Dice => diceOf((seed * 0x9e3779b1) ^ crc32(new TextEncoder().encode(what)));

/** `off`: faults that do not happen, to find out which of them a failure needs. */
export function weatherOf(seed: number, off: ReadonlySet<FaultName> = new Set()): Weather {
  const rates = new Map<FaultName, number>();
  const dices = new Map<FaultName, Dice>();
  const hits = new Map<FaultName, number>();
  for (const name of FAULT_NAMES) {
    const dice = chanceOf(seed, name);
    const known = dice.chance(SHARE);
    const rate = FAULTS[name][0] * dice.fraction();
    dices.set(name, dice);
    if (known && !off.has(name)) rates.set(name, rate);
  }
  const dice = (name: FaultName): Dice => dices.get(name) ?? diceOf(seed);
  const struck = (name: FaultName): void => void hits.set(name, (hits.get(name) ?? 0) + 1);
  const threatens = (name: FaultName): boolean => {
    const rate = rates.get(name);
    return rate !== undefined && dice(name).chance(rate);
  };
  return {
    strikes(name) {
      const happens = threatens(name);
      if (happens) struck(name);
      return happens;
    },
    threatens,
    struck,
    knows: (name) => rates.has(name),
    dice,
    hits,
    clear: () => rates.clear(),
  };
}

export const CLEAR_SKY: Weather = weatherOf(0, new Set(FAULT_NAMES));
