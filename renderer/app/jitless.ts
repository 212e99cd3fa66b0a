import * as z from 'zod';

/** The page may not compile text into code; zod must not even try. Imported before any schema is made. */
z.config({ jitless: true });
