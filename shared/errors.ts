/**
 * Every way a request or a mutation can be refused, one line each:
 * kind → [wire code, HTTP status, may the client send it again unchanged?].
 * The sentence a person reads stands in `renderer/app/fault-text.ts`, one per kind.
 */
export const CODES = {
  // asking at all
  badMessage: ['E400.1', 400, false],
  forbiddenKey: ['E400.2', 400, false],
  notSignedIn: ['E401.1', 401, false],
  wrongPassword: ['E401.2', 401, false],
  sessionEnded: ['E401.3', 401, false],
  notPermitted: ['E403.1', 403, false],
  grantMissing: ['E403.2', 403, false],
  wrongActor: ['E403.3', 403, false],
  foreignOrigin: ['E403.4', 403, false],
  notFound: ['E404.1', 404, false],
  bodyTooLarge: ['E413.1', 413, false],
  wrongContent: ['E415.1', 415, false],
  accountLocked: ['E423.1', 423, false],
  protocolTooOld: ['E426.1', 426, false],
  programTooOld: ['E426.2', 426, false],
  tooManyRequests: ['E429.1', 429, true],

  // the rules of the work
  stateMoved: ['E409.1', 409, false],
  mutationReused: ['E409.2', 409, false],
  alreadyExists: ['E409.3', 409, false],
  parentRefused: ['E409.4', 409, false],
  frozen: ['E409.5', 409, false],
  badArgs: ['E422.1', 422, false],
  unknownMutation: ['E422.2', 422, false],
  incomplete: ['E422.3', 422, false],

  // the stream
  cursorFork: ['E409.6', 409, false],
  cursorTooOld: ['E410.1', 410, false],
  damagedCursor: ['E422.4', 422, false],
  wrongEpoch: ['E409.7', 409, false],
  segmentGone: ['E410.2', 410, true],

  // files in parts
  uploadMoved: ['E409.8', 409, true],
  uploadGone: ['E410.3', 410, true],
  partDamaged: ['E460.1', 460, true],

  // the centre
  internal: ['E500.1', 500, true],
  overloaded: ['E503.1', 503, true],
  draining: ['E503.2', 503, true],

  // this workstation
  serverUnreachable: ['E599.1', 599, true],
  notOurServer: ['E599.2', 599, true],
  truncatedStream: ['E599.3', 599, true],
  offlinePasswordWrong: ['E598.1', 598, false],
  offlineLocked: ['E598.2', 598, false],
  offlineUnknown: ['E598.3', 598, false],
  passwordChanged: ['E598.6', 598, false],
  centreChanged: ['E598.7', 598, false],
  leaseExpired: ['E598.4', 598, false],
  officerLeft: ['E598.8', 598, false],
  clockTurnedBack: ['E598.5', 598, false],
  diskFull: ['E597.1', 597, true],
  storageBroken: ['E597.2', 597, false],
  storageSlow: ['E597.3', 597, true],
  hostRefused: ['E597.4', 597, false],
  notHere: ['E597.5', 597, false],
} as const satisfies Record<string, readonly [code: string, status: number, retry: boolean]>;

export type FaultKind = keyof typeof CODES;
export type FaultDetail = Readonly<Record<string, unknown>>;

/** A refusal that travels: thrown by rules, kept in the outcome of a mutation, shown to the officer. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly detail: FaultDetail;

  constructor(kind: FaultKind, message: string, detail: FaultDetail = {}) {
    super(message);
    this.kind = kind;
    this.detail = detail;
  }

  get code(): string {
    return CODES[this.kind][0];
  }

  get status(): number {
    return CODES[this.kind][1];
  }

  get retryable(): boolean {
    return CODES[this.kind][2];
  }
}

const KIND_OF_CODE = new Map<string, FaultKind>((Object.keys(CODES) as FaultKind[]).map((kind) => [CODES[kind][0], kind]));

/** The kind behind a wire code, `undefined` for a code this version does not know. */
export const faultKindOf = (code: string): FaultKind | undefined => KIND_OF_CODE.get(code);
