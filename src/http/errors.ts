/**
 * What a client of REST meets when no answer comes, in the words of the requests library under
 * eventlet, which names a socket's error by its symbol. OpenStack's clients catch and rename them.
 * Upstream: requests 2.3 over urllib3, and the sockets of eventlet.
 */
import { Exception } from "../python/index.js";

/** What was asked for, as far as errors name it. */
export interface Destination {
  /** `controller:9696`. */
  readonly address: string;
  /** With the query. */
  readonly path: string;
}

/** `HTTPConnectionPool(host='controller', port=9696)`. */
export function pool({ address }: Pick<Destination, "address">): string {
  const [host = "", port = ""] = address.split(":");
  return `HTTPConnectionPool(host='${host}', port=${port})`;
}

/** Nobody could be connected to, for `reason`. */
export const exceeded = (to: Destination, reason: string): string =>
  `${pool(to)}: Max retries exceeded with url: ${to.path} (Caused by ${reason})`;

/**
 * No answer comes: nobody listens, nothing gets there, or the connection is gone.
 *
 * @example
 * ```ts
 * import { Cloud, ConnectionError } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * cloud.run(demo.request("image", "GET", "/v1/images"));
 * cloud.crash("glance-api@controller");
 * try {
 *   cloud.run(demo.request("image", "GET", "/v1/images"));
 * } catch (error) {
 *   console.log(error instanceof ConnectionError); // true
 * }
 * ```
 */
export class ConnectionError extends Exception {
  static override readonly module: string = "requests.exceptions";
  override readonly name: string = "ConnectionError";
}

/** Nobody listens there. */
export class ConnectionRefused extends ConnectionError {
  constructor(to: Destination) {
    super(exceeded(to, "<class 'socket.error'>: [Errno 111] ECONNREFUSED"));
  }
}

/** The server went away before it answered: its sockets were closed. */
export class ConnectionClosed extends ConnectionError {
  constructor() {
    super(`('Connection aborted.', BadStatusLine("''",))`);
  }
}

/** The connection was reset before an answer came. */
export class ConnectionReset extends ConnectionError {
  constructor() {
    super("('Connection aborted.', error(104, 'Connection reset by peer'))");
  }
}

/** Nobody said that somebody listens there, or that nobody does. */
export class ConnectTimeout extends ConnectionError {
  /** @param seconds how long the client waited; without it, as long as TCP tries */
  constructor(to: Destination, seconds?: number) {
    const host = to.address.split(":")[0] ?? "";
    super(
      exceeded(
        to,
        seconds === undefined
          ? "<class 'socket.error'>: [Errno 110] ETIMEDOUT"
          : "<class 'requests.packages.urllib3.exceptions.ConnectTimeoutError'>: " +
              `Connection to ${host} timed out. (connect timeout=${String(seconds)})`,
      ),
    );
  }
}

/** No answer in time. */
export class ReadTimeout extends ConnectionError {
  override readonly name: string = "ReadTimeout";

  /** @param seconds as the client has them: an `int` or a `float` */
  constructor(to: Destination, seconds: string) {
    super(`${pool(to)}: Read timed out. (read timeout=${seconds})`);
  }
}

/** Somebody listens there already. */
export class AddressInUse extends Exception {
  static override readonly module: string = "socket";
  override readonly name: string = "error";
  /** Who listens there. */
  readonly holder: string;

  constructor(address: string, holder: string) {
    super(`[Errno 98] Address already in use: ${address}`);
    this.holder = holder;
  }
}

/** Not an address that can be connected to. */
export class InvalidUrl extends Exception {
  static override readonly module: string = "requests.exceptions";
  override readonly name: string = "InvalidURL";
}
