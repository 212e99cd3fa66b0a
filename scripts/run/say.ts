/** One step of what is going on, for both kinds of readers. */
export const say = (chinese: string, english: string): void => void process.stdout.write(`· ${chinese} / ${english}\n`);

/** What stands in the way and what to do about it. */
export class Refusal extends Error {
  constructor(chinese: string, english: string) {
    super(`${chinese}\n${english}`);
  }
}
