import { runPart } from './histories.ts';

runPart(3, 750);
