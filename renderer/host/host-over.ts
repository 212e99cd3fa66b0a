import { eachCall, type Host } from '#shared/host/contract.ts';

/** A host whose every call goes through one function. */
export function hostOver(ask: (namespace: string, method: string, args: unknown) => Promise<unknown>): Host {
  // `eachCall` walks the very table the type is derived from.
  return eachCall(
    (namespace, method) =>
      (args?: unknown): Promise<unknown> =>
        ask(namespace, method, args),
  ) as unknown as Host;
}
