/**
 * `swift-account-server`: the accounts on the disks of one host, each a listing of containers. Upstream:
 * swift/account/server.py, swift/account/utils.py at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import type { Headers, HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import { answer } from "../common/answer.js";
import { hashPath } from "../common/hash-path.js";
import { listOptions, listingType, type ListingType } from "../common/listing-request.js";
import {
  insufficientStorage,
  placement,
  validTimestamp,
  type BackendRequest,
  type Handler,
} from "../common/request.js";
import { storageService } from "../common/storage-service.js";
import { ZERO, now, type Timestamp } from "../common/timestamp.js";
import { accountHeaders } from "../db/account-headers.js";
import { AccountBroker } from "../db/account-broker.js";
import { isSubdir, type ListOptions } from "../db/listing.js";
import { metadataIn } from "../db/metadata.js";
import { replicateHandler } from "../db/replicator-rpc.js";
import type { Drive, Mounts } from "../disks/storage.js";
import { accountServerFlags } from "../flags.js";

/** Accounts that nobody has to make. */
const AUTO_CREATE_PREFIX = ".";

export function accountServer(env: Env, mounts: Mounts): Process {
  const conf = env.flags.read(accountServerFlags);
  const ids = env.stream("database id");

  /** A request about an account, on a disk that is there. */
  interface Found {
    readonly drive: Drive;
    readonly partition: number;
    readonly hash: string;
    readonly account: string;
    readonly container: string | null;
    readonly broker: AccountBroker | undefined;
  }

  /** @returns 507 where the disk is not mounted */
  function find(request: BackendRequest, max: 3 | 4 = 3): Found | HttpResponse {
    const [device, partition, account, container = null] = placement(request, 3, max);
    const drive = mounts.mounted(device);
    if (drive === undefined) return insufficientStorage(device);
    const name = account ?? "";
    const hash = hashPath(conf, name);
    const broker = drive.accounts.get(hash)?.broker;
    return { drive, partition: Number(partition), hash, account: name, container, broker };
  }

  function initialize({ drive, partition, hash, account }: Found, put: Timestamp): AccountBroker {
    const birth = { id: ids.uuid(), createdAt: now(env), putTimestamp: put };
    const broker = new AccountBroker(account, birth);
    drive.accounts.set(hash, { partition, broker });
    return broker;
  }

  /** The account is not there, or is about to be reaped. */
  const gone = (status: number, broker?: AccountBroker, body?: string): HttpResponse =>
    answer(status, {
      ...(body !== undefined && { body }),
      ...(broker?.isStatusDeleted === true && { headers: { "x-account-status": "Deleted" } }),
    });

  function* putContainer(request: BackendRequest, found: Found, name: string): Op<HttpResponse> {
    const { headers } = request;
    const at = headers["x-timestamp"] === undefined ? now(env) : validTimestamp(request);
    let { broker } = found;
    if (found.account.startsWith(AUTO_CREATE_PREFIX)) broker ??= initialize(found, at);
    const override = headers["x-account-override-deleted"]?.toLowerCase() === "yes";
    if (broker === undefined || (!override && broker.isDeleted)) return answer(404);
    const put = headers["x-put-timestamp"] ?? ZERO;
    const deleted = headers["x-delete-timestamp"] ?? ZERO;
    broker.putContainer({
      name,
      put_timestamp: put,
      delete_timestamp: deleted,
      object_count: Number(headers["x-object-count"] ?? 0),
      bytes_used: Number(headers["x-bytes-used"] ?? 0),
    });
    return answer(deleted > put ? 204 : 201);
  }

  function* PUT(request: BackendRequest): Op<HttpResponse> {
    const found = find(request, 4);
    if ("status" in found) return found;
    if (found.container !== null) return yield* putContainer(request, found, found.container);
    const at = validTimestamp(request);
    let { broker } = found;
    let created: boolean;
    if (broker === undefined) {
      broker = initialize(found, at);
      created = true;
    } else if (broker.isStatusDeleted) {
      return gone(403, broker, "Recently deleted");
    } else {
      created = broker.isDeleted;
      broker.updatePutTimestamp(at);
      if (broker.isDeleted) return answer(409);
    }
    broker.updateMetadata(metadataIn("account", request.headers, at), true);
    return answer(created ? 201 : 202);
  }

  function* POST(request: BackendRequest): Op<HttpResponse> {
    const at = validTimestamp(request);
    const found = find(request);
    if ("status" in found) return found;
    const { broker } = found;
    if (broker === undefined || broker.isDeleted) return gone(404, broker);
    broker.updateMetadata(metadataIn("account", request.headers, at), true);
    return answer(204);
  }

  function* DELETE(request: BackendRequest): Op<HttpResponse> {
    const found = find(request);
    if ("status" in found) return found;
    const at = validTimestamp(request);
    const { broker } = found;
    if (broker === undefined || broker.isDeleted) return gone(404, broker);
    broker.deleteDb(at);
    return gone(204, broker);
  }

  function* HEAD(request: BackendRequest): Op<HttpResponse> {
    const type = listingType(request.query, request.headers["accept"]);
    const found = find(request);
    if ("status" in found) return found;
    const { broker } = found;
    if (broker === undefined || broker.isDeleted) return gone(404, broker);
    return answer(204, { headers: accountHeaders(broker), type: `${type}; charset=utf-8` });
  }

  function* GET(request: BackendRequest): Op<HttpResponse> {
    placement(request, 3);
    const options = listOptions(request.query);
    const type = listingType(request.query, request.headers["accept"]);
    const found = find(request);
    if ("status" in found) return found;
    const { broker } = found;
    if (broker === undefined || broker.isDeleted) return gone(404, broker);
    return listing(broker, options, type);
  }

  const REPLICATE: Handler = (request) =>
    replicateHandler(env, mounts, { table: "accounts", ids }, request);

  const handlers = new Map<string, Handler>(
    Object.entries({ GET, HEAD, PUT, POST, DELETE, REPLICATE }),
  );
  return storageService(env, { port: conf.account_bind_port, handlers });
}

function listing(broker: AccountBroker, options: ListOptions, type: ListingType): HttpResponse {
  const headers: Headers = accountHeaders(broker);
  const rows = broker.list(options);
  const typed = `${type}; charset=utf-8`;
  if (type === "application/json") {
    const body = rows.map((row): Json =>
      isSubdir(row)
        ? { subdir: row.subdir }
        : { count: row.object_count, bytes: row.bytes_used, name: row.name },
    );
    return answer(200, { body, headers, type: typed });
  }
  if (rows.length === 0) return answer(204, { headers, type: typed });
  const names = rows.map((row) => (isSubdir(row) ? row.subdir : row.name));
  return answer(200, { body: `${names.join("\n")}\n`, headers, type: typed });
}
