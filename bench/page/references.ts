import { offer } from './play.ts';
import { pouch } from './pouch.ts';
import { rxdb } from './rxdb.ts';

offer({ rxdb, pouch });
