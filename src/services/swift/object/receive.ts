/**
 * The body of a PUT as it comes in: room is taken for it before it is asked for, and it may come too
 * slowly or break off. Upstream: the middle of PUT in swift/obj/server.py, and fallocate in
 * swift/obj/diskfile.py (create), at 2.2.0.
 */
import type { Env } from "../../../framework/index.js";
import { IncompleteBody } from "../../../http/index.js";
import type { Disk } from "../../../hardware/disk.js";
import { seconds, sleep, withTimeout, type Op } from "../../../kernel/index.js";
import { TimedOut } from "../../../python/index.js";
import { contentOf, durationOf, lengthOf, slice, type Content } from "../common/content.js";
import type { BackendRequest } from "../common/request.js";

export type Received =
  | { readonly kind: "whole"; readonly content: Content; readonly bytes: number }
  | { readonly kind: "broken"; readonly status: 408 | 499 }
  | { readonly kind: "full" };

/** @param patience seconds for which the sender may be silent */
export function* receive(
  _env: Env,
  request: BackendRequest,
  disk: Disk,
  patience: number,
): Op<Received> {
  const announced = sizeOf(request);
  if (!disk.reserve(announced ?? 0)) return { kind: "full" };
  const free = (): void => {
    disk.release(announced ?? 0);
  };
  try {
    const content = yield* read(request, patience);
    const bytes = lengthOf(content);
    if (announced === undefined) {
      return disk.reserve(bytes) ? { kind: "whole", content, bytes } : { kind: "full" };
    }
    if (bytes < announced) {
      free();
      return { kind: "broken", status: 499 };
    }
    return { kind: "whole", content: slice(content, 0, announced), bytes: announced };
  } catch (error) {
    free();
    if (error instanceof TimedOut) return { kind: "broken", status: 408 };
    if (error instanceof IncompleteBody) return { kind: "broken", status: 499 };
    throw error;
  }
}

/** What the request says of its length; undefined if it is sent in chunks. */
function sizeOf({ headers }: BackendRequest): number | undefined {
  if (headers["transfer-encoding"] !== undefined) return undefined;
  const length = Number(headers["content-length"] ?? NaN);
  return Number.isNaN(length) ? undefined : length;
}

function* read({ held, body }: BackendRequest, patience: number): Op<Content> {
  if (held === undefined) {
    const content = contentOf(body);
    const duration = durationOf(content);
    if (duration > 0) yield* sleep(duration);
    return content;
  }
  const label = "the client's data";
  const content = contentOf(yield* withTimeout(seconds(patience), label, held.read()));
  yield* held.stream(durationOf(content));
  return content;
}
