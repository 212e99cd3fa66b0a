/** Pages from another server of this computer, under our own origin; what it says about compression no longer holds once it is read. */
export function forwardTo(origin: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const answer = await fetch(new URL(pathname + search, origin), { method: request.method, headers: { accept: '*/*' } });
    const headers = new Headers(answer.headers);
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection']) headers.delete(name);
    return new Response(answer.body, { status: answer.status, headers });
  };
}
