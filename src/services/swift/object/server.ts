/**
 * `swift-object-server`: the objects on the disks of one host. It writes, tells the listings, and then
 * answers. Upstream: swift/obj/server.py at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import { respond, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { answer, badRequest } from "../common/answer.js";
import { timeouts } from "../common/backend.js";
import { conditional, tagsOf } from "../common/conditions.js";
import { objectCreationError } from "../common/constraints.js";
import { withSum } from "../common/content.js";
import { hashPath } from "../common/hash-path.js";
import { headerMap, isSysOrUserMeta, isUserMeta } from "../common/headers.js";
import {
  insufficientStorage,
  placement,
  validTimestamp,
  type BackendRequest,
  type Handler,
} from "../common/request.js";
import { storageService } from "../common/storage-service.js";
import { ZERO, httpDate, now, secondsOf, timestamp, type Timestamp } from "../common/timestamp.js";
import type { Mounts } from "../disks/storage.js";
import { objectServerFlags } from "../flags.js";
import { ListingUpdates, type Change } from "./async-update.js";
import { DiskFile, type ObjectMetadata, type Reading } from "./diskfile.js";
import { receive } from "./receive.js";

/** What is kept of a request beside metadata: `allowed_headers`. */
const ALLOWED = [
  "content-disposition",
  "content-encoding",
  "x-delete-at",
  "x-object-manifest",
  "x-static-large-object",
];

export function objectServer(env: Env, mounts: Mounts): Process {
  const conf = env.flags.read(objectServerFlags);
  const updates = new ListingUpdates(env, conf, timeouts(conf.conn_timeout, conf.node_timeout));
  const boundaries = env.stream("boundary");
  const sums = env.stream("sum of data");

  interface Found extends Omit<Change, "request" | "at"> {
    readonly device: string;
    readonly file: DiskFile;
  }

  function find(request: BackendRequest): Found | HttpResponse {
    const [device, partition, ...names] = placement(request, 5, 5, true);
    const [account, container, obj] = names.map((name) => name ?? "") as [string, string, string];
    const drive = mounts.mounted(device);
    if (drive === undefined) return insufficientStorage(device);
    const hash = hashPath(conf, account, container, obj);
    const file = new DiskFile(env, drive, Number(partition), hash);
    return { device, drive, file, account, container, obj };
  }

  const second = (): number => secondsOf(now(env));

  /** The end that a request asks for; 0 for none. */
  function newEnd({ headers }: BackendRequest): number | HttpResponse {
    const end = Number(headers["x-delete-at"] ?? 0);
    return end !== 0 && end < second() ? badRequest("X-Delete-At in past") : end;
  }

  /** What is queued to expire changes with the object. */
  function* expire(change: Change, before: number, after: number): Op<void> {
    if (before === after) return;
    if (after !== 0) yield* updates.expirer("PUT", String(after), change);
    if (before !== 0) yield* updates.expirer("DELETE", String(before), change);
  }

  function* PUT(request: BackendRequest): Op<HttpResponse> {
    const [, , , , name] = placement(request, 5, 5, true);
    const at = validTimestamp(request);
    const refusal = objectCreationError(env, headerMap(request.headers), name ?? "");
    if (refusal !== undefined) return refusal;
    const end = newEnd(request);
    if (typeof end === "object") return end;
    const found = find(request);
    if ("status" in found) return found;
    const { headers } = request;
    const before = metadataOf(found.file.read());
    const noneMatch = tagsOf(headers["if-none-match"]);
    if (noneMatch !== undefined && before !== undefined) {
      if (noneMatch.has("*") || noneMatch.has(before["etag"] ?? "")) return answer(412);
    }
    const known = before?.["x-timestamp"] ?? ZERO;
    if (known >= at) return answer(409, { headers: { "x-backend-timestamp": known } });
    const came = yield* receive(env, request, found.drive.disk, conf.client_timeout);
    if (came.kind === "full") return insufficientStorage(found.device);
    if (came.kind === "broken") return answer(came.status);
    const { content, etag } = withSum(came.content, sums);
    if (headers["etag"] !== undefined && headers["etag"].toLowerCase() !== etag) {
      found.drive.disk.release(came.bytes);
      return answer(422);
    }
    const metadata = {
      ...kept(headers, (header) => isSysOrUserMeta("object", header)),
      "x-timestamp": at,
      "content-type": headers["content-type"] ?? "",
      etag,
      "content-length": String(came.bytes),
      name: `/${found.account}/${found.container}/${found.obj}`,
    };
    found.file.write(at, { metadata, content });
    const change: Change = { ...found, request, at };
    yield* expire(change, Number(before?.["x-delete-at"] ?? 0), end);
    yield* updates.container("PUT", change, {
      "x-size": metadata["content-length"],
      "x-content-type": metadata["content-type"],
      "x-etag": etag,
    });
    return answer(201, { headers: { etag: `"${etag}"` } });
  }

  function* POST(request: BackendRequest): Op<HttpResponse> {
    placement(request, 5, 5, true);
    const at = validTimestamp(request);
    const end = newEnd(request);
    if (typeof end === "object") return end;
    const found = find(request);
    if ("status" in found) return found;
    const before = metadataOf(found.file.read());
    if (before === undefined) return answer(404);
    const known = before["x-timestamp"] ?? ZERO;
    if (known >= at) return answer(409, { headers: { "x-backend-timestamp": known } });
    const metadata = {
      ...kept(request.headers, (header) => isUserMeta("object", header)),
      "x-timestamp": at,
    };
    yield* expire({ ...found, request, at }, Number(before["x-delete-at"] ?? 0), end);
    found.file.writeMetadata(at, metadata);
    return answer(202);
  }

  function* DELETE(request: BackendRequest): Op<HttpResponse> {
    placement(request, 5, 5, true);
    const at = validTimestamp(request);
    const found = find(request);
    if ("status" in found) return found;
    const reading = found.file.read();
    const { status, time, metadata } = standing(reading, at);
    const end = Number(metadata["x-delete-at"] ?? 0);
    const asked = request.headers["x-if-delete-at"];
    let answered = status;
    if (asked !== undefined) {
      if (!/^\s*[+-]?\d+\s*$/.test(asked)) {
        return answer(400, { body: "Bad X-If-Delete-At header value" });
      }
      if (time === ZERO) return answer(404);
      if (end !== Number(asked)) {
        return answer(412, { body: "X-If-Delete-At and X-Delete-At do not match" });
      }
      answered = 204;
    }
    const change: Change = { ...found, request, at };
    if (end !== 0) yield* updates.expirer("DELETE", String(end), change);
    if (time < at) {
      found.file.delete(at);
      yield* updates.container("DELETE", change, {});
    }
    return answer(answered, { headers: { "x-backend-timestamp": time > at ? time : at } });
  }

  function* GET(request: BackendRequest): Op<HttpResponse> {
    const found = find(request);
    if ("status" in found) return found;
    const reading = found.file.read();
    const { method, headers } = request;
    if (reading.kind !== "live") {
      const time = timeOf(reading);
      const more = time === undefined ? {} : { headers: { "x-backend-timestamp": time } };
      return conditional(method, headers, answer(404, more), undefined, boundaries);
    }
    const response = respond(200, "", headersOf(env, reading.metadata));
    return conditional(method, headers, response, reading.content, boundaries);
  }

  function* REPLICATE(request: BackendRequest): Op<HttpResponse> {
    const [device, partition] = placement(request, 2, 3, true);
    const drive = mounts.mounted(device);
    if (drive === undefined) return insufficientStorage(device);
    const body = drive.objects.sums(Number(partition), second() - conf.reclaim_age);
    return respond(200, body, { "content-type": "text/html; charset=UTF-8" });
  }

  const handlers = new Map<string, Handler>(
    Object.entries({ GET, HEAD: GET, PUT, POST, DELETE, REPLICATE }),
  );
  return storageService(env, { port: conf.object_bind_port, handlers });
}

/** Headers that are kept with an object, and metadata that `wanted` picks. */
const kept = (
  headers: ObjectMetadata,
  wanted: (header: string) => boolean,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([header]) => ALLOWED.includes(header) || wanted(header)),
  );

const metadataOf = (reading: Reading): ObjectMetadata | undefined =>
  reading.kind === "live" ? reading.metadata : undefined;

const timeOf = (reading: Reading): Timestamp | undefined => {
  if (reading.kind === "deleted") return reading.at;
  return reading.kind === "expired" ? reading.metadata["x-timestamp"] : undefined;
};

interface Standing {
  readonly status: 204 | 404 | 409;
  readonly time: Timestamp;
  readonly metadata: ObjectMetadata;
}

/** What a delete at that time finds. */
function standing(reading: Reading, at: Timestamp): Standing {
  if (reading.kind !== "live") {
    const metadata = reading.kind === "expired" ? reading.metadata : {};
    return { status: 404, time: timeOf(reading) ?? ZERO, metadata };
  }
  const { metadata } = reading;
  const time = metadata["x-timestamp"] ?? ZERO;
  return { status: time < at ? 204 : 409, time, metadata };
}

function headersOf(env: Env, metadata: ObjectMetadata): Record<string, string> {
  const time = metadata["x-timestamp"] ?? ZERO;
  return {
    ...kept(metadata, (header) => isSysOrUserMeta("object", header)),
    "content-type": metadata["content-type"] || "application/octet-stream",
    etag: `"${metadata["etag"] ?? ""}"`,
    "last-modified": httpDate(env, time),
    "content-length": metadata["content-length"] ?? "0",
    "x-timestamp": timestamp(time),
    "x-backend-timestamp": time,
  };
}
