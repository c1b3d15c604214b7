/**
 * One real port before one address of the cloud: reads requests to their end, hands them to the door and sends
 * what comes back. While nobody listens at the address the port is closed, so that connections are refused, as
 * they are by a host whose service has died.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { HttpResponse } from "../../http/index.js";
import type { ArrivedRequest } from "../door/arrived.js";
import type { Answered } from "../door/door.js";
import { send, type AnswerOptions } from "./answer.js";
import { headersIn } from "./headers.js";
import type { Hosts } from "./hosts.js";
import type { ByteStore, Receiver, Received } from "./store.js";

/** A line of headers may be as long as eventlet takes them with a signed token (max_header_line). */
const MAX_HEADERS = 64 * 1024;
/** For so long, in milliseconds, what a refused client still sends is read and forgotten. */
const LINGER_MS = 1_000;
/** A text that is longer is data to the simulation. */
const MAX_TEXT = 2 * 1024 * 1024;

export interface Exchange extends AnswerOptions {
  readonly hosts: Hosts;
  readonly store: ByteStore;
  /** No body may be longer. */
  readonly maxBody: number;
  submit(request: ArrivedRequest, answered: Answered): void;
  /** The date of the simulation, as a header says it. */
  date(): string;
}

/** What an answer becomes on its way out; where a real client wants more than the simulation says. */
export type Dress = (request: ArrivedRequest, response: HttpResponse) => HttpResponse;

export class Listener {
  /** `controller:8774`. */
  readonly address: string;
  readonly host: string;
  readonly #server: Server;
  readonly #exchange: Promise<Exchange>;
  readonly #dress: Dress | undefined;
  #port: number;
  #open = false;

  /** @param port 0 is any that is free @param exchange who comes before there is one waits for it */
  constructor(
    address: string,
    host: string,
    port: number,
    exchange: Promise<Exchange>,
    dress?: Dress,
  ) {
    this.#dress = dress;
    this.address = address;
    this.host = host;
    this.#port = port;
    this.#exchange = exchange;
    this.#server = createServer(
      {
        maxHeaderSize: MAX_HEADERS,
        keepAliveTimeout: 75_000,
        requestTimeout: 300_000,
        noDelay: true,
      },
      (incoming, outgoing) => {
        this.#serve(incoming, outgoing).catch(() => {
          incoming.socket.destroy();
        });
      },
    );
    this.#server.maxHeadersCount = 500;
    this.#server.on("clientError", refuseBroken);
  }

  /** The real one, once it has been opened. */
  get port(): number {
    return this.#port;
  }

  get open(): boolean {
    return this.#open;
  }

  /** @throws Error of the system if the port is taken */
  async listen(): Promise<void> {
    this.#open = true;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ port: this.#port, host: this.host, backlog: 1024 }, () => {
        this.#server.off("error", reject);
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  /** The same port once more; if somebody has taken it meanwhile, it is tried again. */
  reopen(): void {
    this.#open = true;
    this.listen().catch(() => {
      this.#open = false;
    });
  }

  /** Nobody can connect, and nobody stays connected. */
  refuse(): void {
    this.#open = false;
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Nobody can connect any more; what is being answered is answered. */
  async drain(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeIdleConnections();
    });
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    outgoing.sendDate = false;
    const exchange = await this.#exchange;
    const { host, origin } = incoming.headers;
    const target = targetOf(incoming.url ?? "");
    const refused = exchange.hosts.refusal(host, origin);
    if (refused !== undefined) {
      refuse(incoming, outgoing, 403, refused);
      return;
    }
    if (target === undefined) {
      refuse(incoming, outgoing, 400, "The request names no path.");
      return;
    }
    const { store, maxBody } = exchange;
    const receiver = store.receive();
    let received: Received | undefined;
    try {
      const whole = await receive(incoming, receiver, maxBody);
      if (whole === "broken") return;
      if (whole === "too long") {
        const most = `A body may have ${String(maxBody)} bytes here.`;
        refuse(incoming, outgoing, 413, most);
        return;
      }
      if (receiver.bytes > 0) received = await store.keep(receiver);
    } catch (error) {
      receiver.abandon();
      const words = error instanceof Error ? error.message : String(error);
      refuse(incoming, outgoing, 507, `The body cannot be kept: ${words}`);
      return;
    }
    const request = arrived(this.address, target, incoming, received);
    const { socket } = incoming;
    exchange.submit(request, (outcome) => {
      if (outcome.kind === "broken") {
        socket.destroy();
        return;
      }
      const response = this.#dress?.(request, outcome.response) ?? outcome.response;
      // Who is to go does not wait for another request on this connection.
      if (!this.#open) outgoing.shouldKeepAlive = false;
      send(incoming, outgoing, response, exchange.date(), store, exchange).catch(() => {
        // Whoever asked has gone; the rest of the answer is nobody's.
        socket.destroy();
      });
    });
  }
}

function arrived(
  to: string,
  target: string,
  incoming: IncomingMessage,
  received: Received | undefined,
): ArrivedRequest {
  const { method = "GET" } = incoming;
  const headers = headersIn(incoming.headers);
  if (received === undefined) return { to, method, target, headers };
  const { bytes, checksum, short } = received;
  const text = short === undefined ? undefined : textOf(short, headers["content-type"]);
  const data = { bytes, checksum };
  return { to, method, target, headers, ...(text !== undefined && { text }), data };
}

/** What calls itself bytes is bytes, whatever it looks like. */
function textOf(bytes: Buffer, type: string | undefined): string | undefined {
  if (type === "application/octet-stream" || bytes.length > MAX_TEXT) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

type Whole = "whole" | "broken" | "too long";

/** What comes after a body has become too long is not kept. Rejects if it cannot be kept. */
async function receive(
  incoming: IncomingMessage,
  receiver: Receiver,
  maxBody: number,
): Promise<Whole> {
  if (Number(incoming.headers["content-length"] ?? 0) > maxBody) return "too long";
  return await new Promise<Whole>((resolve, reject) => {
    let ended = false;
    const done = (whole: Whole): void => {
      if (ended) return;
      ended = true;
      incoming.off("data", take);
      if (whole !== "whole") receiver.abandon();
      resolve(whole);
    };
    const take = (chunk: Buffer): void => {
      if (receiver.bytes + chunk.length > maxBody) {
        done("too long");
        return;
      }
      try {
        receiver.add(chunk);
      } catch (error) {
        ended = true;
        incoming.off("data", take);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    incoming.on("data", take);
    incoming.once("end", () => {
      done("whole");
    });
    incoming.once("close", () => {
      done("broken");
    });
    incoming.on("error", () => {
      done("broken");
    });
  });
}

/** The path and query of `/v2`, or of `http://host/v2` as proxies write it; undefined for `*`. */
function targetOf(url: string): string | undefined {
  const target = /^http:\/\/[^/?#]*/iu.test(url) ? url.replace(/^http:\/\/[^/?#]*/iu, "") : url;
  const path = target.startsWith("?") || target === "" ? `/${target}` : target;
  const [whole = ""] = path.split("#");
  return whole.startsWith("/") ? whole : undefined;
}

/** An answer of the door itself; the connection ends with it, as what is still to come is not read. */
function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  status: number,
  words: string,
): void {
  const body = `${words}\n`;
  outgoing.writeHead(status, {
    "content-type": "text/plain; charset=UTF-8",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  });
  const { socket } = incoming;
  outgoing.end(incoming.method === "HEAD" ? undefined : body);
  // Who is still sending reads the answer only then; who never ends is not listened to for ever.
  incoming.resume();
  const timer = setTimeout(() => {
    socket.destroy();
  }, LINGER_MS);
  socket.once("close", () => {
    clearTimeout(timer);
  });
}

/** What is no HTTP: 400, or 431 for headers without end, 408 for those that take too long. */
function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const line =
    error.code === "HPE_HEADER_OVERFLOW"
      ? "431 Request Header Fields Too Large"
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? "408 Request Timeout"
        : "400 Bad Request";
  socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
