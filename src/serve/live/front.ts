/**
 * The live page's own port: the page, the recording as it is written, and the faults. It is no service of the cloud; whoever
 * asks it is checked as everybody who asks a service, and the page may load nothing but what comes from here.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "../../python/index.js";
import type { Hosts } from "../http/hosts.js";
import { sendEvents, type EventsOptions } from "./events.js";
import type { Faults, Said } from "./faults.js";

/** A file of the page. */
export interface Asset {
  readonly type: string;
  readonly text: string;
}

export interface FrontOptions extends Omit<EventsOptions, "about"> {
  readonly about: () => Json;
  readonly hosts: Hosts;
  readonly faults: Faults;
  /** By path: `/`, `/live.js`. */
  readonly assets: ReadonlyMap<string, Asset>;
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const SAFE = {
  "content-security-policy": POLICY,
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

const FAULTS = "/novasim/faults";
const MOST_BODY = 64 * 1024;
/** More pages at a time than these are a mistake. */
const MOST_READERS = 32;

export class Front {
  readonly #options: Promise<FrontOptions>;
  readonly #server: Server;

  /** @param options who comes before they are there waits for them */
  constructor(options: Promise<FrontOptions>) {
    this.#options = options;
    this.#server = createServer((incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch(() => {
        incoming.socket.destroy();
      });
    });
  }

  /** @param port 0 is any that is free @returns the port @throws Error of the system if it is taken */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Nobody can connect, and nobody stays connected. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const options = await this.#options;
    const { host, origin } = incoming.headers;
    const refused = options.hosts.refusal(host, origin);
    if (refused !== undefined) {
      plain(incoming, outgoing, 403, refused);
      return;
    }
    const [path = "/"] = (incoming.url ?? "/").split("?");
    if (path === FAULTS || path.startsWith(`${FAULTS}/`)) {
      await faultsAsked(incoming, outgoing, options.faults, path);
      return;
    }
    if (incoming.method !== "GET" && incoming.method !== "HEAD") {
      plain(incoming, outgoing, 405, "Nothing but GET is understood here.", { allow: "GET, HEAD" });
      return;
    }
    if (path === "/novasim/events" && incoming.method === "GET") {
      if (options.feed.readers >= MOST_READERS) {
        plain(incoming, outgoing, 503, `${String(MOST_READERS)} pages watch already.`);
        return;
      }
      const last = incoming.headers["last-event-id"];
      sendEvents(outgoing, { ...options, about: options.about() }, asOne(last));
      return;
    }
    const asset = options.assets.get(path);
    if (asset === undefined) {
      plain(incoming, outgoing, 404, "There is nothing here. The live page is at /.");
      return;
    }
    answer(incoming, outgoing, 200, asset.type, asset.text);
  }
}

const asOne = (value: string | string[] | undefined): string | undefined =>
  typeof value === "object" ? value[0] : value;

async function faultsAsked(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  faults: Faults,
  path: string,
): Promise<void> {
  const { method = "GET" } = incoming;
  const whose = path === FAULTS ? undefined : decoded(path.slice(FAULTS.length + 1));
  const said = (what: Said): void => {
    const text = `${JSON.stringify(what.body, null, 2)}\n`;
    answer(incoming, outgoing, what.status, "application/json; charset=utf-8", text);
  };
  if (method === "DELETE" && whose !== "") said(faults.heal(whose));
  else if (whose !== undefined) {
    plain(incoming, outgoing, 405, "Only DELETE is understood here.", { allow: "DELETE" });
  } else if (method === "GET" || method === "HEAD") said(faults.list());
  else if (method === "POST") {
    const text = await bodyOf(incoming);
    if (text === undefined) plain(incoming, outgoing, 413, "A fault may have 65536 bytes.");
    else said(faults.inject(text));
  } else {
    plain(incoming, outgoing, 405, "GET lists, POST injects, DELETE heals.", {
      allow: "GET, HEAD, POST, DELETE",
    });
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Undefined: it is too long. */
async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += (chunk as Buffer).length;
    if (length > MOST_BODY) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  status: number,
  type: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): void {
  const length = String(Buffer.byteLength(text));
  outgoing.writeHead(status, { ...SAFE, ...more, "content-type": type, "content-length": length });
  outgoing.end(incoming.method === "HEAD" ? undefined : text);
}

/** In words; the connection ends, as what is still to come is not read. */
function plain(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  status: number,
  words: string,
  more: Readonly<Record<string, string>> = {},
): void {
  answer(incoming, outgoing, status, "text/plain; charset=utf-8", `${words}\n`, {
    connection: "close",
    ...more,
  });
}
