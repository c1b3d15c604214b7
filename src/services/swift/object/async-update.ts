/**
 * After an object is written or deleted, the listings that have it are told: its container, and the
 * queue of what expires. A listing that cannot be told now is told by the object-updater. Upstream:
 * swift/obj/server.py (async_update, container_update, delete_at_update) at 2.2.0.
 */
import type { Env } from "../../../framework/index.js";
import { ConnectionError, type Headers } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isSuccess } from "../common/answer.js";
import { askNode, nameOf, nodeAt, updatesIn, type Node, type Timeouts } from "../common/backend.js";
import { expirerContainer, EXPIRING_ACCOUNT } from "../common/expirer-container.js";
import { hashPath, type HashConf } from "../common/hash-path.js";
import { asReferer, type BackendRequest } from "../common/request.js";
import { deleteAt, type Timestamp } from "../common/timestamp.js";
import type { Drive } from "../disks/storage.js";

/** The object that was changed, and by which request. */
export interface Change {
  readonly drive: Drive;
  readonly request: BackendRequest;
  readonly account: string;
  readonly container: string;
  readonly obj: string;
  readonly at: Timestamp;
}

interface Update {
  readonly op: "PUT" | "DELETE";
  readonly account: string;
  readonly container: string;
  readonly obj: string;
  readonly headers: Headers;
}

export class ListingUpdates {
  readonly #env: Env;
  readonly #conf: HashConf;
  readonly #limits: Timeouts;

  constructor(env: Env, conf: HashConf, limits: Timeouts) {
    this.#env = env;
    this.#conf = conf;
    this.#limits = limits;
  }

  /** Tell the container, one replica or as many as the proxy has named, one after the other. */
  *container(op: "PUT" | "DELETE", change: Change, headers: Headers): Op<void> {
    const { request, account, container, obj } = change;
    const nodes = updatesIn(request.headers, "container");
    if (nodes === undefined) {
      const { "x-container-host": hosts = "", "x-container-device": devices = "" } =
        request.headers;
      this.#env.log(
        "error",
        "ERROR Container update failed: different numbers of hosts and devices in request: " +
          `"${hosts}" vs "${devices}"`,
      );
      return;
    }
    const partition = request.headers["x-container-partition"] ?? "";
    const update = { op, account, container, obj, headers: this.#headers(change, headers) };
    for (const node of nodes) yield* this.#send(change, update, partition, node);
  }

  /** Put the object into the queue of what expires, or take it out. */
  *expirer(op: "PUT" | "DELETE", second: string, change: Change): Op<void> {
    const { request, account, container, obj } = change;
    const { headers } = request;
    const end = deleteAt(Number(second));
    const queue =
      (op === "PUT" ? headers["x-delete-at-container"] : undefined) ??
      expirerContainer(this.#conf, Number(end), account, container, obj);
    const empty = {
      "x-size": "0",
      "x-content-type": "text/plain",
      "x-etag": "d41d8cd98f00b204e9800998ecf8427e",
    };
    const update: Update = {
      op,
      account: EXPIRING_ACCOUNT,
      container: queue,
      obj: `${end}-${account}/${container}/${obj}`,
      headers: this.#headers(change, op === "PUT" ? empty : {}),
    };
    const nodes = op === "PUT" ? expirerNodes(headers) : [];
    const partition = headers["x-delete-at-partition"] ?? "";
    if (nodes.length === 0) this.#save(change, update);
    for (const node of nodes) yield* this.#send(change, update, partition, node);
  }

  #headers({ request, at }: Change, more: Headers): Headers {
    const { method, quoted, headers } = request;
    return {
      ...more,
      "x-timestamp": at,
      "x-trans-id": headers["x-trans-id"] ?? "-",
      referer: asReferer(method, `http://${this.#env.host}${quoted}`),
      "x-backend-storage-policy-index": "0",
      "user-agent": "object-server 1",
    };
  }

  *#send(change: Change, update: Update, partition: string, node: Node): Op<void> {
    const { op, account, container, obj, headers } = update;
    try {
      const call = { method: op, path: `/${account}/${container}/${obj}`, headers };
      const { status } = yield* askNode(this.#env, node, partition, call, this.#limits);
      if (isSuccess(status)) return;
      this.#env.log(
        "error",
        "ERROR Container update failed (saving for async update later): " +
          `${String(status)} response from ${nameOf(node)}`,
      );
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.#env.log(
        "error",
        `ERROR container update failed with ${nameOf(node)} (saving for async update later)`,
      );
    }
    this.#save(change, update);
  }

  /** For the updater, beside the object. */
  #save({ drive, at }: Change, { op, account, container, obj, headers }: Update): void {
    const hash = hashPath(this.#conf, account, container, obj);
    const pending = { op, account, container, obj, headers, successes: [] };
    drive.asyncPendings.set(`${hash}-${at}`, pending);
  }
}

function expirerNodes(headers: Headers): Node[] {
  if ((headers["x-delete-at-partition"] ?? "") === "") return [];
  const list = (text = ""): string[] => text.split(",").map((part) => part.trim());
  const devices = list(headers["x-delete-at-device"]);
  return list(headers["x-delete-at-host"]).flatMap((host, at) => {
    const device = devices[at] ?? "";
    return host === "" || device === "" ? [] : [nodeAt(host, device)];
  });
}
