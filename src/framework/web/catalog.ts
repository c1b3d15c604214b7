/**
 * The catalog that the token middleware puts in front, as far as a service keeps it. Upstream: nova/api/auth.py
 * (NovaKeystoneContext), cinder/api/middleware/auth.py (CinderKeystoneContext) at 2014.2.
 */
import { HttpFault } from "../../http/index.js";
import type { JsonObject } from "../../python/index.js";
import { keptOfCatalog } from "../request-context.js";

export class CatalogReader {
  readonly #types: readonly string[] | undefined;
  /** The last one read: one is as long as all else together, and they are nearly all alike. */
  #last: { readonly text: string; readonly kept: readonly JsonObject[] } | undefined;

  /** @param types of services that the service calls for a user; default: those that Nova does */
  constructor(types?: readonly string[]) {
    this.#types = types;
  }

  /** @throws HttpFault 500 for what is no JSON */
  read(text: string | undefined): readonly JsonObject[] {
    if (text === undefined) return [];
    if (this.#last?.text !== text) {
      this.#last = { text, kept: keptOfCatalog(parse(text), this.#types) };
    }
    return this.#last.kept;
  }
}

function parse(text: string): readonly JsonObject[] {
  try {
    return JSON.parse(text) as readonly JsonObject[];
  } catch {
    throw new HttpFault(500, "Invalid service catalog json.");
  }
}
