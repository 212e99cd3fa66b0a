import type { Connection } from '../sync/engine-api.ts';
import type { Tone } from '../ui/status-dot.tsx';

export const CONNECTION_TONE: Readonly<Record<Connection, Tone>> = { online: 'done', unreachable: 'soon', offline: 'rest' };
