import { runPart } from './histories.ts';

runPart(2, 750);
