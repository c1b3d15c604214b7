/**
 * A server as Heat holds it: what Nova said of it last. Of one that has just been made, Nova has said next
 * to nothing, and is asked when something of it is wanted. Upstream: python-novaclient 2.20.0
 * `novaclient/base.py` (Resource.__getattr__, Resource.get).
 */
import type { Op } from "../../../kernel/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../nova/client/index.js";

export class HeldServer {
  readonly id: string;
  readonly #nova: NovaClient;
  #info: JsonObject;
  #loaded: boolean;

  /** @param loaded whether all of it is there */
  constructor(nova: NovaClient, info: JsonObject, loaded: boolean) {
    this.id = textOf(info, "id");
    this.#nova = nova;
    this.#info = info;
    this.#loaded = loaded;
  }

  /** Ask Nova. @throws ClientException */
  *get(): Op<void> {
    this.#loaded = true;
    this.#info = { ...this.#info, ...(yield* this.#nova.server(this.id)) };
  }

  /** As far as it is known. */
  get info(): JsonObject {
    return this.#info;
  }

  get name(): string {
    return textOf(this.#info, "name");
  }

  /** The words before a parenthesis, which some clouds add. */
  *status(): Op<string> {
    if (this.#info["status"] === undefined && !this.#loaded) yield* this.get();
    return str(this.#info["status"] ?? null).split("(")[0] ?? "";
  }

  /** What went wrong, in the words of Nova. */
  fault(key: string): Json | undefined {
    const { fault } = this.#info;
    return isObject(fault) ? fault[key] : undefined;
  }

  /** `{ private: ["10.0.0.2"] }`. */
  get networks(): Readonly<Record<string, readonly Json[]>> {
    const { addresses } = this.#info;
    if (!isObject(addresses)) return {};
    return Object.fromEntries(
      Object.entries(addresses).map(([label, list]) => [label, addressesIn(list)]),
    );
  }
}

const addressesIn = (list: Json): readonly Json[] =>
  Array.isArray(list)
    ? (list as readonly Json[]).filter(isObject).map(({ addr }) => addr ?? null)
    : [];
