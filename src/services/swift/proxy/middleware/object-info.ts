/**
 * What filters about sizes ask: the names in a path, and how long an object is. Upstream: split_path of
 * swob.Request, get_object_info of swift/proxy/controllers/base.py, at 2.2.0.
 */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import { Answered, isSuccess } from "../../common/answer.js";
import type { ProxyApplication, ProxyRequest } from "../request.js";

/** `[version, account, container, object]`; nothing for a path that has not so many parts. */
export function partsOf(request: ProxyRequest, min: number, max: number): (string | null)[] {
  try {
    return request.split(min, max, true);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return [];
  }
}

/** By a HEAD that nobody has to allow; 0 for what is not there. */
export function* objectLength(
  next: ProxyApplication,
  request: ProxyRequest,
  path: string,
): Op<number> {
  const headers = new Map([["user-agent", "Swift"]]);
  const response = yield* next(request.preAuthed({ method: "HEAD", path, headers }));
  return isSuccess(response.status) ? Number(response.headers["content-length"] ?? 0) : 0;
}

/** What a filter raises is its answer: swob's wsgify. */
export function* answering(op: Op<HttpResponse>): Op<HttpResponse> {
  try {
    return yield* op;
  } catch (error) {
    if (error instanceof Answered) return error.response;
    throw error;
  }
}
