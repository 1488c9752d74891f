import type { IncomingMessage, ServerResponse } from "node:http";

export async function tile(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const query = new URL(req.url ?? "/", "http://localhost").searchParams;
  // numbers cannot hold a host, a path or a port: the address stays on the map server
  const [zoom, x, y] = ["zoom", "x", "y"].map((name) => Math.trunc(Number(query.get(name))) || 0);
  const answer = await fetch(`http://tiles.internal:9000/outdoor/${zoom}/${x}/${y}.png`);
  if (!answer.ok) {
    res.writeHead(404).end();
    return;
  }
  res.writeHead(200, { "Content-Type": "image/png", "Cache-Control": "max-age=86400" });
  res.end(Buffer.from(await answer.arrayBuffer()));
}
