/** Everything that is measured. Ours and its references, in the order of the table. */
import type { Cell } from '../cell.ts';
import { inNewHome } from '../stage/browser.ts';
import { database } from './database.ts';
import { accountAt, playOurs, playReference } from './page-cell.ts';
import { product } from './product.ts';

const reference = (name: string, page: 'index.html' | 'references.html'): Cell => ({
  name,
  run: (stage) => playReference(stage, name, page),
});

/** Lengths of the history. */
export const LENGTHS = [1, 4, 16] as const;

const growth = (times: number): Cell => ({
  name: `growth ${times}`,
  prepare: (stage) => stage.grow(times),
  run: (stage) =>
    stage.withGrown(times, async (centre) => {
      const server = await centre.server();
      const given = { here: accountAt(server, 'chengguan01'), other: accountAt(server, 'chengguan02') };
      return inNewHome((home) => playOurs(home, server.url, [['growth', given]]));
    }),
});

export const REFERENCES = ['rxdb', 'pouch'] as const;

export const CELLS: readonly Cell[] = [
  reference('raw', 'index.html'),
  reference('dexie', 'index.html'),
  ...REFERENCES.map((name) => reference(name, 'references.html')),
  {
    name: 'pages',
    run: (stage) =>
      stage.withCentre(async (centre) => {
        const server = await centre.server();
        return inNewHome((home) => playOurs(home, server.url, [['pages', accountAt(server, 'chengguan01')]]));
      }),
  },
  {
    name: 'segments',
    run: (stage) =>
      stage.withCentre(async (centre) => {
        const server = await centre.server();
        const parts = [
          ['segments', accountAt(server, 'chengguan01')],
          ['coldOpen', null],
          ['vault', null],
        ] as const;
        return inNewHome((home) => playOurs(home, server.url, parts));
      }),
  },
  {
    name: 'spreading',
    run: (stage) =>
      stage.withCentre(async (centre) => {
        const [first, second] = [await centre.server(), await centre.server()];
        const given = {
          here: accountAt(second, 'chengguan01'),
          same: accountAt(second, 'chengguan02'),
          other: accountAt(first, 'chengguan02'),
        };
        return inNewHome((home) => playOurs(home, second.url, [['spreading', given]]));
      }),
  },
  product('segments'),
  product('pages'),
  database,
  ...LENGTHS.map(growth),
];
