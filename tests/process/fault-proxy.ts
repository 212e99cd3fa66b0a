/**
 * A bad line: a TCP proxy between one workstation and the centre. A *turn* is a request and its answer on a connection that is kept;
 * for each turn one fault is drawn, or none. What happens is chance under a seed, when it happens is the machine's.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../support/dice.ts';

/** Each fault and how likely a turn meets it. */
export interface BadLine {
  /** The connection is broken off before anything went. */
  readonly refuse: number;
  /** Broken off after so many bytes of the request. */
  readonly cutRequest: number;
  /** Broken off after so many bytes of the answer. */
  readonly cutAnswer: number;
  /** The request arrives, the answer does not. */
  readonly loseAnswer: number;
  /** The answer stops for a while, then the line breaks. */
  readonly stall: number;
  /** The answer comes in small pieces. */
  readonly drip: number;
  /** The request is held back for a while. */
  readonly delay: number;
  /** The request arrives twice, at once or later; one of the answers is lost. */
  readonly twice: number;
}

export type LineFault = keyof BadLine;

export const GOOD: BadLine = { refuse: 0, cutRequest: 0, cutAnswer: 0, loseAnswer: 0, stall: 0, drip: 0, delay: 0, twice: 0 };
export const BAD: BadLine = {
  refuse: 0.03,
  cutRequest: 0.04,
  cutAnswer: 0.06,
  loseAnswer: 0.06,
  stall: 0.02,
  drip: 0.05,
  delay: 0.1,
  twice: 0.1,
};

/** Cuts fall within so many bytes: in the head of a message, or in its body. */
const CUT_WITHIN = 4000;
const STALL_MS = 1200;
const DELAY_MS = 300;
const LATER_MS = 500;
const DRIPS = 20;
const DRIP_MS = 10;

export interface FaultProxy {
  readonly url: string;
  /** The weather of the line from the next turn on. */
  line: BadLine;
  /** While down nobody gets through, and those who had are cut off. */
  setDown(down: boolean): void;
  /** Requests whose address has this in it get nowhere, until it is undefined again. */
  hold(path: string | undefined): void;
  /** How often each fault fell. */
  readonly fallen: ReadonlyMap<LineFault, number>;
  /** Pushes of which nothing has been answered. */
  pushing(): number;
  /** Resolves when the next request goes through whose first line has this in it. */
  next(what: string): Promise<void>;
  close(): Promise<void>;
}

interface Turn {
  readonly fault: LineFault | undefined;
  /** Bytes that still pass before a cut. */
  left: number;
  /** What of the request came, where it is to go twice. */
  said: Buffer;
  /** A push that nobody has answered. */
  push: boolean;
}

/** `centre` is asked at every connection: it may have moved, or not be there. */
export async function startFaultProxy(dice: Dice, centre: () => string | undefined): Promise<FaultProxy> {
  const fallen = new Map<LineFault, number>();
  const open = new Set<Socket>();
  let line = GOOD;
  let down = false;
  let held: string | undefined;
  let pushing = 0;
  const awaited = new Map<() => void, string>();

  function draw(first: boolean): LineFault | undefined {
    let at = dice.fraction();
    for (const [fault, chance] of Object.entries(line) as [LineFault, number][]) {
      at -= chance;
      if (at >= 0) continue;
      if (fault === 'refuse' && !first) return undefined;
      fallen.set(fault, (fallen.get(fault) ?? 0) + 1);
      return fault;
    }
    return undefined;
  }

  function serve(near: Socket): void {
    const url = centre();
    const first = draw(true);
    if (down || url === undefined || first === 'refuse') return void near.resetAndDestroy();
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
    }
    const [up, across] = [lane(), lane()];
    let turn: Turn | undefined;
    let answered = true;

    function end(): void {
      settle();
      for (const socket of [near, far]) {
        open.delete(socket);
        socket.destroy();
      }
    }
    function cut(): void {
      near.resetAndDestroy();
      end();
    }
    function settle(): void {
      if (!turn?.push) return;
      turn.push = false;
      pushing -= 1;
    }

    near.on('data', (chunk) => {
      let begun: string | undefined;
      if (answered || !turn) {
        const wasFirst = turn === undefined;
        begun = chunk.toString('latin1', 0, chunk.indexOf('\r\n'));
        if (held !== undefined && begun.includes(held)) return near.pause();
        const push = begun.includes('/sync/v1/push');
        turn = { fault: wasFirst ? first : draw(false), left: dice.below(CUT_WITHIN), said: Buffer.alloc(0), push };
        answered = false;
        if (push) pushing += 1;
      }
      const now = turn;
      void up(async () => {
        if (now.fault === 'delay') await pause(dice.below(DELAY_MS));
        const passes = now.fault === 'cutRequest' ? chunk.subarray(0, now.left) : chunk;
        if (!far.destroyed) far.write(passes);
        if (begun !== undefined) tell(begun);
        if (now.fault === 'twice') again(now, chunk);
        if (now.fault !== 'cutRequest') return;
        now.left -= passes.length;
        if (now.left === 0) cut();
      });
    });

    far.on('data', (chunk) => {
      answered = true;
      settle();
      const now = turn;
      void across(async () => {
        if (now?.fault === 'loseAnswer') return cut();
        if (now?.fault === 'drip') await drip(near, chunk);
        else if (now?.fault === 'cutAnswer' || now?.fault === 'stall') {
          const passes = chunk.subarray(0, now.left);
          now.left -= passes.length;
          if (!near.destroyed) near.write(passes);
          if (now.left > 0) return;
          if (now.fault === 'stall') await pause(dice.below(STALL_MS));
          cut();
        } else if (!near.destroyed) near.write(chunk);
      });
    });

    for (const socket of [near, far]) {
      socket.on('error', end);
      socket.on('close', end);
    }
    near.on('end', end);
    // What the centre said last still goes out.
    far.on('end', () => void across(async () => void near.end()));
  }

  function tell(request: string): void {
    for (const [done, what] of awaited) {
      if (!request.includes(what)) continue;
      awaited.delete(done);
      done();
    }
  }

  async function drip(to: Socket, chunk: Buffer): Promise<void> {
    const size = Math.ceil(chunk.length / DRIPS);
    for (let at = 0; at < chunk.length && !to.destroyed; at += size) {
      to.write(chunk.subarray(at, at + size));
      await pause(dice.below(DRIP_MS));
    }
  }

  /** Once the request is whole it goes a second time, on a line of its own. */
  function again(turn: Turn, chunk: Buffer): void {
    turn.said = Buffer.concat([turn.said, chunk]);
    if (isWhole(turn.said)) setTimeout(() => once(turn.said), dice.chance(0.5) ? 0 : dice.below(LATER_MS));
  }

  /** Sends it and lets the answer go. */
  function once(said: Buffer): void {
    const url = centre();
    if (down || url === undefined) return;
    const far = connect(Number(new URL(url).port), '127.0.0.1', () => far.write(said));
    open.add(far);
    far.on('data', () => far.end());
    far.on('error', () => far.destroy());
    far.on('close', () => open.delete(far));
  }

  const server = createServer(serve);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get line() {
      return line;
    },
    set line(next) {
      line = next;
    },
    setDown(on) {
      down = on;
      if (on) for (const socket of open) socket.destroy();
    },
    hold(path) {
      held = path;
      for (const socket of open) if (socket.isPaused()) socket.destroy();
    },
    fallen,
    pushing: () => pushing,
    next: (what) => new Promise((done) => awaited.set(done, what)),
    async close() {
      awaited.clear();
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Steps of one direction, in order however long each takes. */
function lane(): (step: () => Promise<void>) => Promise<void> {
  let last = Promise.resolve();
  return (step) => (last = last.then(step));
}

/** Has the whole request come: its head, and as much of a body as the head says? */
function isWhole(said: Buffer): boolean {
  const head = said.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = /^content-length: *(\d+)/im.exec(said.toString('latin1', 0, head))?.[1] ?? '0';
  return said.length >= head + 4 + Number(length);
}
