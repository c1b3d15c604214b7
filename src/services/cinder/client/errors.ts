/**
 * What the client library of Cinder raises. Its errors by status are those of the apiclient, which have
 * the same names and texts. Upstream: python-cinderclient 1.1.1 `cinderclient/exceptions.py`.
 */
import { Exception } from "../../../python/index.js";

/** Nobody answered. */
export class ConnectionError extends Exception {
  static override readonly module: string = "cinderclient.exceptions";
  override readonly name: string = "ConnectionError";
}

/** The URL names no version that there is. */
export class UnsupportedVersion extends Exception {
  static override readonly module: string = "cinderclient.exceptions";
  override readonly name: string = "UnsupportedVersion";
}
