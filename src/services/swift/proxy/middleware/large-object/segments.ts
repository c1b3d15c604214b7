/**
 * The data of a large object, put together from its segments in order. Each is read as a plain object with the
 * rights of whoever asks; where one cannot be had, what comes behind it is cut off. Upstream:
 * swift/common/request_helpers.py (SegmentedIterable) at 2.2.0.
 */
import { Query, type HttpResponse } from "../../../../../http/index.js";
import { seconds, type Micros, type Op } from "../../../../../kernel/index.js";
import { Exception } from "../../../../../python/index.js";
import { answer, isSuccess } from "../../../common/answer.js";
import { contentOf, joined, type Content } from "../../../common/content.js";
import { quotePath } from "../../../common/split-path.js";
import type { ProxyApp } from "../../app.js";
import type { ProxyApplication, ProxyRequest } from "../../request.js";

/** `max_get_time`. */
const MAX_GET_TIME = 86_400;

/** One segment, and which of its bytes are wanted; null where that is all of them. */
interface Segment {
  readonly path: string;
  /** What the manifest says of it. */
  readonly etag: string;
  readonly size: number;
  readonly first: number | null;
  readonly last: number | null;
}

/** It is not there, or no more what it was. */
class SegmentError extends Exception {
  static override readonly module: string = "swift.common.exceptions";
  override readonly name: string = "SegmentError";
}

/** The segments cannot be listed. */
export class ListingIterError extends Exception {
  static override readonly module: string = "swift.common.exceptions";
  override readonly name: string = "ListingIterError";
}

/** What a large object's parts are read with. @param agent `SLO MultipartGET` */
export function partRequest(
  request: ProxyRequest,
  path: string,
  agent: string,
  query: Query,
): ProxyRequest {
  const headers = new Map<string, string>();
  const token = request.headers.get("x-auth-token");
  if (token !== undefined) headers.set("x-auth-token", token);
  headers.set("user-agent", `${request.headers.get("user-agent") ?? ""} ${agent}`.trim());
  return request.sub({ method: "GET", path, query, headers, environ: { ...request.environ } });
}

export class Segments {
  readonly #app: ProxyApp;
  readonly #next: ProxyApplication;
  readonly #request: ProxyRequest;
  readonly #agent: string;
  readonly #parts: Content[] = [];
  readonly #began: Micros;

  constructor(app: ProxyApp, next: ProxyApplication, request: ProxyRequest, agent: string) {
    this.#app = app;
    this.#next = next;
    this.#request = request;
    // The agent of `agent=('%(orig)s ' + self.ua_suffix)`, whose suffix begins with a space.
    this.#agent = ` ${agent}`;
    this.#began = app.env.kernel.now;
  }

  /** @throws SegmentError */
  *read({ path, etag, size, first, last }: Segment): Op<void> {
    const elapsed = this.#app.env.kernel.now - this.#began;
    if (elapsed > seconds(MAX_GET_TIME)) {
      throw this.#refused(`max LO GET time of ${String(MAX_GET_TIME)}s exceeded`);
    }
    const whole = new Query({ "multipart-manifest": "get" });
    const asked = partRequest(this.#request, path, this.#agent, whole);
    const ranged = first !== null || last !== null;
    if (ranged) {
      asked.headers.set(
        "range",
        `bytes=${String(first ?? 0)}-${last === null ? "" : String(last)}`,
      );
    }
    const { status, headers, body } = yield* this.#next(asked);
    if (!isSuccess(status)) {
      throw this.#refused(`got ${String(status)} while retrieving ${path}`);
    }
    const found = headers["etag"]?.replaceAll('"', "") ?? "None";
    const length = headers["content-length"] ?? "None";
    const otherSum = etag !== "" && found !== etag;
    const otherSize = size !== 0 && Number(length) !== size && !ranged;
    if (otherSum || otherSize) {
      const sizes = `${length} != ${String(size)}`;
      throw new SegmentError(
        `Object segment no longer valid: ${quotePath(path)} etag: ${found} != ${etag} or ${sizes}.`,
      );
    }
    this.#parts.push(contentOf(body));
  }

  /**
   * What there is once `listing` has read all it wants.
   * @returns an answer where not even the first segment could be had
   */
  *all(listing: Op<void>): Op<Content | HttpResponse> {
    try {
      yield* listing;
    } catch (error) {
      if (error instanceof ListingIterError) {
        const name = this.#request.path;
        this.#app.env.log("error", `ERROR: While processing manifest ${name}, ${error.message}`);
        // Upstream sends something before it hangs up: this shall count as no failure of the server's.
        if (this.#parts.length === 0) return " ";
      } else if (error instanceof SegmentError) {
        this.#app.env.log("error", error.message);
        if (this.#parts.length === 0) return answer(500);
      } else throw error;
    }
    return joined(this.#parts);
  }

  #refused(why: string): SegmentError {
    return new SegmentError(`ERROR: While processing manifest ${this.#request.path}, ${why}`);
  }
}
