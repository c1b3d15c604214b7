/**
 * What a client of REST meets when no answer comes. Upstream: the requests library, whose errors
 * OpenStack's clients catch and rename.
 */
import { Exception } from "../python/index.js";

export class ConnectionError extends Exception {
  static override readonly module: string = "requests.exceptions";
  override readonly name: string = "ConnectionError";
}

/** Nobody listens there. */
export class ConnectionRefused extends ConnectionError {
  override readonly name: string = "ConnectionRefused";
}

/** The server went away before it answered. */
export class ConnectionReset extends ConnectionError {
  override readonly name: string = "ConnectionReset";
}

/** Nobody said that somebody listens there, or that nobody does. */
export class ConnectTimeout extends ConnectionError {
  override readonly name: string = "ConnectTimeout";
}

/** No answer in time. */
export class ReadTimeout extends ConnectionError {
  override readonly name: string = "ReadTimeout";
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
