/**
 * `swift-container-server`: the containers on the disks of one host, each a listing of objects that
 * object servers keep up to date. Containers that are synchronised with another cluster, or keep old
 * versions (`allow_versions`), are not simulated. Upstream: swift/container/server.py at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import { answer, badRequest, Answered } from "../common/answer.js";
import { timeouts } from "../common/backend.js";
import { hashPath } from "../common/hash-path.js";
import { isSysOrUserMeta } from "../common/headers.js";
import { listOptions, listingType, type ListingType } from "../common/listing-request.js";
import {
  insufficientStorage,
  placement,
  validTimestamp,
  type BackendRequest,
  type Handler,
} from "../common/request.js";
import { storageService } from "../common/storage-service.js";
import { isoformat, now, timestamp, type Timestamp } from "../common/timestamp.js";
import { ContainerBroker, type ObjectRow } from "../db/container-broker.js";
import { isSubdir, type ListOptions } from "../db/listing.js";
import { metadataIn } from "../db/metadata.js";
import { replicateHandler } from "../db/replicator-rpc.js";
import type { Drive, Mounts } from "../disks/storage.js";
import { containerServerFlags } from "../flags.js";
import { updateAccount } from "./account-update.js";

const AUTO_CREATE_PREFIX = ".";

const SAVED = ["x-container-read", "x-container-write"] as const;
const SYNC = ["x-container-sync-key", "x-container-sync-to"] as const;

/** A request about a container, on a disk that is there. */
interface Found {
  readonly drive: Drive;
  readonly partition: number;
  readonly hash: string;
  readonly account: string;
  readonly container: string;
  readonly obj: string | null;
  readonly broker: ContainerBroker | undefined;
}

export function containerServer(env: Env, mounts: Mounts): Process {
  const conf = env.flags.read(containerServerFlags);
  const ids = env.stream("database id");
  const limits = timeouts(conf.conn_timeout, conf.node_timeout);
  const saved: readonly string[] = [...SAVED, ...SYNC];

  function find(request: BackendRequest, obj = true): Found | HttpResponse {
    const [device, partition, account, container, name = null] = obj
      ? placement(request, 4, 5, true)
      : placement(request, 4);
    const drive = mounts.mounted(device);
    if (drive === undefined) return insufficientStorage(device);
    const names = { account: account ?? "", container: container ?? "" };
    const hash = hashPath(conf, names.account, names.container);
    const broker = drive.containers.get(hash)?.broker;
    // `if obj`: an empty one is none.
    return { drive, partition: Number(partition), hash, ...names, obj: name || null, broker };
  }

  function initialize(found: Found, put: Timestamp): ContainerBroker {
    const { drive, partition, hash, account, container } = found;
    const birth = { id: ids.uuid(), createdAt: now(env), putTimestamp: put };
    const broker = new ContainerBroker(account, container, birth);
    drive.containers.set(hash, { partition, broker });
    return broker;
  }

  /** @throws Answered with 400 for a storage policy that there is not */
  function assertPolicy({ headers }: BackendRequest): void {
    const index = headers["x-backend-storage-policy-index"];
    if (index === undefined || Number(index) === 0) return;
    throw new Answered(badRequest(`Invalid X-Storage-Policy-Index '${index}'`));
  }

  /** The row of an object: a container of a system account is made for it. */
  function listed(found: Found, at: Timestamp): ContainerBroker | undefined {
    const { broker, account } = found;
    if (broker !== undefined || !account.startsWith(AUTO_CREATE_PREFIX)) return broker;
    return initialize(found, at);
  }

  function* PUT(request: BackendRequest): Op<HttpResponse> {
    placement(request, 4, 5, true);
    const at = validTimestamp(request);
    const found = find(request);
    if ("status" in found) return found;
    assertPolicy(request);
    const { headers } = request;
    if (found.obj !== null) {
      const broker = listed(found, at);
      if (broker === undefined) return answer(404);
      broker.putObject({
        name: found.obj,
        created_at: at,
        size: Number(headers["x-size"] ?? 0),
        content_type: headers["x-content-type"] ?? "",
        etag: headers["x-etag"] ?? "",
        deleted: 0,
      });
      return answer(201);
    }
    const { broker, created } = updateOrCreate(found, at);
    broker.updateMetadata(metadataIn("container", headers, at, saved), true);
    const refusal = yield* updateAccount(env, limits, request, broker);
    return refusal ?? answer(created ? 201 : 202);
  }

  /** @throws Answered with 409 where it was deleted later than it is put now */
  function updateOrCreate(
    found: Found,
    at: Timestamp,
  ): { readonly broker: ContainerBroker; readonly created: boolean } {
    const { broker } = found;
    if (broker === undefined) return { broker: initialize(found, at), created: true };
    const created = broker.isDeleted;
    broker.updatePutTimestamp(at);
    if (broker.isDeleted) throw new Answered(answer(409));
    if (created) broker.updateStatusChangedAt(at);
    return { broker, created };
  }

  function* POST(request: BackendRequest): Op<HttpResponse> {
    placement(request, 4);
    const at = validTimestamp(request);
    const found = find(request, false);
    if ("status" in found) return found;
    const { broker } = found;
    if (broker === undefined || broker.isDeleted) return answer(404);
    broker.updateMetadata(metadataIn("container", request.headers, at, saved), true);
    return answer(204);
  }

  function* DELETE(request: BackendRequest): Op<HttpResponse> {
    placement(request, 4, 5, true);
    const at = validTimestamp(request);
    const found = find(request);
    if ("status" in found) return found;
    assertPolicy(request);
    const broker = found.obj === null ? found.broker : listed(found, at);
    if (broker === undefined) return answer(404);
    if (found.obj !== null) {
      broker.deleteObject(found.obj, at);
      return answer(204);
    }
    if (!broker.empty) return answer(409);
    const existed = Number(broker.putTimestamp) > 0 && !broker.isDeleted;
    broker.deleteDb(at);
    if (!broker.isDeleted) return answer(409);
    const refusal = yield* updateAccount(env, limits, request, broker);
    return refusal ?? answer(existed ? 204 : 404);
  }

  function headersOf(broker: ContainerBroker): Record<string, string> {
    return {
      "x-container-object-count": String(broker.objectCount),
      "x-container-bytes-used": String(broker.bytesUsed),
      "x-timestamp": timestamp(broker.createdAt),
      "x-put-timestamp": timestamp(broker.putTimestamp),
      "x-backend-timestamp": timestamp(broker.createdAt),
      "x-backend-put-timestamp": timestamp(broker.putTimestamp),
      "x-backend-delete-timestamp": timestamp(broker.deleteTimestamp),
      "x-backend-status-changed-at": timestamp(broker.statusChangedAt),
      "x-backend-storage-policy-index": "0",
    };
  }

  function gone(broker: ContainerBroker | undefined): HttpResponse {
    if (broker === undefined) return answer(404);
    const backend = Object.entries(headersOf(broker)).filter(([name]) =>
      name.startsWith("x-backend-"),
    );
    return answer(404, { headers: Object.fromEntries(backend) });
  }

  const shown = (broker: ContainerBroker): Record<string, string> => ({
    ...headersOf(broker),
    ...Object.fromEntries(
      broker
        .shownMetadata()
        .filter(([key]) => saved.includes(key) || isSysOrUserMeta("container", key)),
    ),
  });

  function* HEAD(request: BackendRequest): Op<HttpResponse> {
    placement(request, 4, 5, true);
    const type = listingType(request.query, request.headers["accept"]);
    const found = find(request);
    if ("status" in found) return found;
    const { broker } = found;
    if (broker === undefined || broker.isDeleted) return gone(broker);
    return answer(204, { headers: shown(broker), type: `${type}; charset=utf-8` });
  }

  function* GET(request: BackendRequest): Op<HttpResponse> {
    placement(request, 4, 5, true);
    const options = listOptions(request.query);
    const type = listingType(request.query, request.headers["accept"]);
    const found = find(request);
    if ("status" in found) return found;
    const { broker } = found;
    if (broker === undefined || broker.isDeleted) return gone(broker);
    return listing(env, broker, options, type, shown(broker));
  }

  const REPLICATE: Handler = (request) =>
    replicateHandler(env, mounts, { table: "containers", ids }, request);

  const handlers = new Map<string, Handler>(
    Object.entries({ GET, HEAD, PUT, POST, DELETE, REPLICATE }),
  );
  return storageService(env, { port: conf.container_bind_port, handlers });
}

function listing(
  env: Env,
  broker: ContainerBroker,
  options: ListOptions,
  type: ListingType,
  headers: Readonly<Record<string, string>>,
): HttpResponse {
  const rows = broker.list(options);
  const typed = `${type}; charset=utf-8`;
  if (type === "application/json") {
    const body = rows.map((row): Json =>
      isSubdir(row) ? { subdir: row.subdir } : record(env, row),
    );
    return answer(200, { body, headers, type: typed });
  }
  if (rows.length === 0) return answer(204, { headers });
  const names = rows.map((row) => (isSubdir(row) ? row.subdir : row.name));
  return answer(200, { body: `${names.join("\n")}\n`, headers, type: typed });
}

/** `swift_bytes` of a content type is what a large object weighs with its segments. */
function record(env: Env, { name, created_at, size, content_type, etag }: ObjectRow): Json {
  const [type = "", ...parameters] = content_type.split(";");
  const bytes = parameters.find((text) => text.trim().startsWith("swift_bytes="));
  const kept = parameters.filter((text) => text !== bytes);
  return {
    hash: etag,
    last_modified: isoformat(env, created_at),
    bytes: bytes === undefined ? size : Number(bytes.split("=")[1]),
    name,
    content_type: [type, ...kept].join(";"),
  };
}
