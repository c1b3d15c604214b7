/**
 * Swift as the program `swift` asks it: a connection for accounts and containers and one for objects,
 * each with a login of its own, and listings page by page. Upstream: swiftclient/service.py
 * (SwiftService, _list_account_job, _list_container_job), multithreading.py, 2.3.1. Its threads are
 * one after the other here.
 */
import type { HttpResponse } from "../../http/index.js";
import { unixMicros, type Kernel, type Micros, type Op } from "../../kernel/index.js";
import {
  Exception,
  bytesRepr,
  isObject,
  textOf,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import {
  SwiftClientException,
  type SwiftConnection,
  type SwiftRequest,
} from "../../services/swift/client/connection.js";

/** What the program itself finds wrong. `message` is all of it, `value` what a command prints. */
export class SwiftError extends Exception {
  static override readonly module: string = "swiftclient.service";
  override readonly name: string = "SwiftError";
  readonly value: string;

  constructor(value: string, container?: string) {
    super(`${bytesRepr(value)}${container === undefined ? "" : ` container:${container}`}`);
    this.value = value;
  }
}

/** A container that is not there. */
export const containerMissing = (container: string): SwiftError =>
  new SwiftError(`Container ${bytesRepr(container)} not found`, container);

export const isMissing = (error: unknown): boolean =>
  error instanceof SwiftClientException && error.status === 404;

export interface StorageOptions {
  readonly containers: SwiftConnection;
  readonly objects: SwiftConnection;
  /** Those of the threads that fetch objects. */
  readonly pool: readonly SwiftConnection[];
  readonly kernel: Kernel;
  /** 0 with `--quiet`, 2 with `--verbose`. */
  readonly verbose: number;
}

export class StorageApi {
  readonly containers: SwiftConnection;
  readonly objects: SwiftConnection;
  readonly verbose: number;
  readonly #pool: readonly SwiftConnection[];
  readonly #kernel: Kernel;

  constructor({ containers, objects, pool, kernel, verbose }: StorageOptions) {
    this.containers = containers;
    this.objects = objects;
    this.verbose = verbose;
    this.#pool = pool;
    this.#kernel = kernel;
  }

  /** The connection of the thread that takes the next job: each logs in for itself. */
  pooled(job: number): SwiftConnection {
    return this.#pool[job % this.#pool.length] ?? this.objects;
  }

  get now(): Micros {
    return this.#kernel.now;
  }

  /** Since 1970. */
  get second(): number {
    const { calendar, now } = this.#kernel;
    return unixMicros(calendar.stamp(now)) / 1e6;
  }

  /** When the run began, as `%f` writes it. */
  get epoch(): string {
    return (unixMicros(this.#kernel.calendar.epoch) / 1e6).toFixed(6);
  }

  /** `2014-09-18 04:03:09` of a timestamp. */
  date(timestamp: string): string {
    const { calendar } = this.#kernel;
    const at = Math.floor(Number(timestamp)) * 1e6 - unixMicros(calendar.epoch);
    return calendar.stamp(at).slice(0, 19).replace("T", " ");
  }

  /**
   * A page of what is in the account, or in a container; empty at the end.
   * @throws SwiftClientException; SwiftError if there is no such thing
   */
  *page(container: string | undefined, query: PageQuery): Op<JsonObject[]> {
    try {
      const { body } = yield* this.containers.request({
        method: "GET",
        ...(container !== undefined && { container }),
        query: { format: "json", ...query },
      });
      return Array.isArray(body) ? (body as readonly Json[]).filter(isObject) : [];
    } catch (error) {
      if (!isMissing(error)) throw error;
      throw container === undefined
        ? new SwiftError("Account not found")
        : containerMissing(container);
    }
  }

  /** All names, as `page` lists them. */
  *names(container?: string, { marker: from, prefix }: PageQuery = {}): Op<string[]> {
    const names: string[] = [];
    for (let marker = from; ; marker = names.at(-1)) {
      const items = yield* this.page(container, { marker, prefix });
      if (items.length === 0) return names;
      names.push(...items.map((item) => textOf(item, "name")));
    }
  }

  /** Of an account or a container. */
  *head(container?: string): Op<HttpResponse> {
    const where = container === undefined ? {} : { container };
    return yield* this.containers.request({ method: "HEAD", ...where });
  }

  *object(
    method: string,
    container: string,
    obj: string,
    more: ObjectRequest = {},
  ): Op<HttpResponse> {
    return yield* this.objects.request({ method, container, obj, ...more });
  }
}

export type ObjectRequest = Pick<SwiftRequest, "headers" | "query" | "body">;

export interface PageQuery {
  readonly marker?: string | undefined;
  readonly prefix?: string | undefined;
  readonly delimiter?: string | undefined;
}
