import { runPart } from './histories.ts';

runPart(4, 750);
