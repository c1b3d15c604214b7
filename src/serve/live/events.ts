/**
 * A recording on its way to one page, as server-sent events: `session` first (the header, and how the cloud was before the
 * lines that are kept), then lines, whose event ids say where to go on. Whoever reconnects goes on there (`Last-Event-ID`)
 * if that is kept still, and else begins anew. A page that reads slowly is waited for, and nothing is put aside for it.
 */
import type { ServerResponse } from "node:http";
import type { Json } from "../../python/index.js";
import type { Feed } from "./feed.js";

/** Milliseconds between a line and its way out, so that many go together. */
const GATHER_MS = 25;
/** As often something is said, so that a connection that has gone is noticed. */
const BEAT_MS = 15_000;

export interface EventsOptions {
  readonly feed: Feed;
  /** Tells this run from the next one at the same port. */
  readonly session: string;
  /** What else a page should know of what is served. */
  readonly about: Json;
}

/** @param last what the page read last, as it was told */
export function sendEvents(
  outgoing: ServerResponse,
  { feed, session, about }: EventsOptions,
  last: string | undefined,
): void {
  outgoing.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  let next = readFrom(last, session);
  let timer: NodeJS.Timeout | undefined;
  let full = false;
  const send = (text: string): void => {
    full = !outgoing.write(text);
  };
  const begin = (): void => {
    next = feed.first;
    const before = feed.before?.told() ?? null;
    const told: Json = { session, about, first: next, header: feed.header, before };
    send(`event: session\ndata: ${JSON.stringify(told)}\n\n`);
  };
  const pump = (): void => {
    timer = undefined;
    if (next === undefined || next < feed.first) begin();
    while (!full) {
      const piece = feed.from(next ?? 0);
      if (piece === undefined) return;
      next = piece.next;
      const data = piece.text.replaceAll("\n", "\ndata: ");
      send(`id: ${session}/${String(next)}\ndata: ${data}\n\n`);
    }
  };
  const wake = (): void => {
    if (!full) timer ??= setTimeout(pump, GATHER_MS);
  };
  const forget = feed.read(wake);
  const beat = setInterval(() => {
    if (!full) send(":\n\n");
  }, BEAT_MS);
  outgoing.on("drain", () => {
    full = false;
    wake();
  });
  outgoing.on("close", () => {
    forget();
    clearTimeout(timer);
    clearInterval(beat);
  });
  outgoing.on("error", () => {
    outgoing.destroy();
  });
  send("retry: 1000\n\n");
  pump();
}

/** `k3/120` of this session is line 120; of another one, nothing. */
function readFrom(last: string | undefined, session: string): number | undefined {
  const [, of, line] = /^([^/]{1,40})\/(\d{1,15})$/u.exec(last ?? "") ?? [];
  return of === session ? Number(line) : undefined;
}
