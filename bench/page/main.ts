import { dexie } from './dexie.ts';
import { growth } from './growth.ts';
import { coldOpen, pages, segments } from './ours.ts';
import { offer } from './play.ts';
import { raw } from './raw.ts';
import { spreading } from './spreading.ts';
import { vault } from './vault.ts';

offer({ raw, dexie, pages, segments, coldOpen, vault, spreading, growth });
