import { runPart } from './histories.ts';

runPart(1, 750);
