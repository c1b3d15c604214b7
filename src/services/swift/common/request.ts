/**
 * A request as a server of Swift sees it: its path unquoted, its headers by name, and what every
 * handler asks of it first. Upstream: swift/common/request_helpers.py, constraints.py
 * (valid_timestamp) at 2.2.0.
 */
import type { Headers, HttpRequest, HttpResponse, Query } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, type Json } from "../../../python/index.js";
import { Answered, answer, badRequest } from "./answer.js";
import { assertDevice, splitPath } from "./split-path.js";
import { timestamp, type Timestamp } from "./timestamp.js";

/** What serves one method. */
export type Handler = (request: BackendRequest) => Op<HttpResponse>;

export interface BackendRequest {
  readonly method: string;
  /** Unquoted. */
  readonly path: string;
  /** As it came. */
  readonly quoted: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Json;
  readonly held: HttpRequest["held"];
}

/** `decodeURIComponent`; undefined for what is not UTF-8, or has a NUL. */
export function unquoted(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** `/<device>/<partition>/...`, taken apart. @throws Answered with 400 */
export function placement(
  { path }: BackendRequest,
  min: number,
  max = min,
  rest = false,
): [device: string, partition: string, ...names: (string | null)[]] {
  try {
    const [device = null, partition = null, ...names] = splitPath(path, min, max, rest);
    assertDevice(device, partition);
    return [device ?? "", partition ?? "", ...names];
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    throw new Answered(badRequest(error.message));
  }
}

/** @throws Answered with 400 */
export function validTimestamp({ headers }: BackendRequest): Timestamp {
  const raw = headers["x-timestamp"];
  if (raw === undefined) throw new Answered(badRequest("Missing X-Timestamp header"));
  try {
    return timestamp(raw);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    throw new Answered(badRequest("Invalid X-Timestamp header"));
  }
}

/** 507: the disk is not mounted, or there is no room on it. */
export const insufficientStorage = (drive: string): HttpResponse => answer(507, { drive });

/** `POST http://host/v1/a/c`: who sent a request on behalf of which. */
export const asReferer = (method: string, url: string): string => `${method} ${url}`;
