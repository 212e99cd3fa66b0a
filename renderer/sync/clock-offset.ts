/** One reading of the centre's clock: asked and answered by the device clock, the centre's own in between, all ms. */
interface Reading {
  readonly roundTripMs: number;
  readonly offsetMs: number;
}

/** How far the centre's clock is ahead of the device's: of the last five readings the one with the shortest way. */
export interface ClockOffset {
  read(askedAt: number, answeredAt: number, centreNow: number): void;
  /** Null before the first reading. */
  offsetMs(): number | null;
}

export function clockOffset(): ClockOffset {
  let readings: readonly Reading[] = [];
  return {
    read(askedAt, answeredAt, centreNow) {
      const reading = { roundTripMs: answeredAt - askedAt, offsetMs: Math.round(centreNow - (askedAt + answeredAt) / 2) };
      readings = [...readings, reading].slice(-5);
    },
    offsetMs() {
      const best = readings.reduce<Reading | undefined>(
        (least, reading) => (least && least.roundTripMs <= reading.roundTripMs ? least : reading),
        undefined,
      );
      return best?.offsetMs ?? null;
    },
  };
}
