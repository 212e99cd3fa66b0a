import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CutLine {
  readonly port: number;
  /** How often it was cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

/**
 * A line to the centre that can be cut at any byte on its way up. `fuse` sees what comes and may answer how many more bytes, from the
 * beginning of that piece, still get through; then every connection breaks at once, and `cut` is told. The next one holds again.
 */
export async function cutLine(
  centrePort: number,
  fuse: (piece: Buffer) => number | undefined,
  cut: () => void = () => undefined,
  port = 0,
): Promise<CutLine> {
  const sockets = new Set<Socket>();
  let left: number | undefined;
  let cuts = 0;

  function breakAll(): void {
    left = undefined;
    cuts += 1;
    for (const socket of sockets) socket.destroy();
    cut();
  }

  const server = createServer((near) => {
    const far = connect(centrePort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined); // a broken line is what this is for; both ends close below
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    far.on('data', (piece) => near.write(piece));
    near.on('data', (piece: Buffer) => {
      left ??= fuse(piece);
      if (left === undefined || piece.length < left) {
        if (left !== undefined) left -= piece.length;
        far.write(piece);
        return;
      }
      far.write(piece.subarray(0, left), breakAll);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
