import type { Answer, Ask } from './ask.ts';
import type { Local } from './local-api.ts';

/** Sends questions to the worker, those of one moment together. */
export type Send = (ask: Ask) => Promise<Answer>;

export function batched(read: (asks: readonly Ask[]) => Promise<readonly Answer[]>): Send {
  let waiting: { readonly ask: Ask; readonly answered: PromiseWithResolvers<Answer> }[] = [];

  async function flush(): Promise<void> {
    const mine = waiting;
    waiting = [];
    try {
      const answers = await read(mine.map(({ ask }) => ask));
      for (const [place, { answered }] of mine.entries()) answered.resolve(answers[place]);
    } catch (error) {
      for (const { answered } of mine) answered.reject(error);
    }
  }

  return (ask) => {
    if (waiting.length === 0) queueMicrotask(() => void flush());
    const answered = Promise.withResolvers<Answer>();
    waiting.push({ ask, answered });
    return answered.promise;
  };
}

/** The copy as a window reads it; `looked` hears which tables were looked at. */
export function localOver(send: Send, looked: (table: string) => void): Local {
  // The worker answers each question with what `ask.ts` says; only the link between the two types is lost on the way.
  const ask = async <T>(question: Ask): Promise<T> => {
    looked(question.table);
    return (await send(question)) as T;
  };
  return {
    get: (table, id) => ask({ how: 'get', table, id }),
    many: (table, ids) => ask({ how: 'many', table, ids }),
    all: (table) => ask({ how: 'all', table }),
    count: (table) => ask({ how: 'count', table }),
    where: (table, equal, options = {}) => ask({ how: 'where', table, asked: { equal, ...options } }),
    marks: (table, ids) => ask({ how: 'marks', table, ids }),
  };
}
