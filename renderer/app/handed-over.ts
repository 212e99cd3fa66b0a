import type { IssueItem } from '../sync/engine-api.ts';

/** Was this work refused because the grant had ended? Then the centre kept it word for word for a supervisor. */
export const isHandedOver = ({ status, kind }: Pick<IssueItem, 'status' | 'kind'>): boolean =>
  status === 'rejected' && kind === 'grantMissing';
