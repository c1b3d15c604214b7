/**
 * A container tells its account of itself, when it is put or deleted: each replica one replica of the
 * account. What fails is made up for by the container-updater. Upstream: swift/container/server.py
 * (account_update) at 2.2.0.
 */
import type { Env } from "../../../framework/index.js";
import { ConnectionError, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { answer, isSuccess, titleOf } from "../common/answer.js";
import { askNode, nameOf, updatesIn, type Timeouts } from "../common/backend.js";
import { asReferer, type BackendRequest } from "../common/request.js";
import type { ContainerBroker } from "../db/container-broker.js";

/** @returns 404 if all replicas of the account that it knows say so; undefined if all is well */
export function* updateAccount(
  env: Env,
  limits: Timeouts,
  request: BackendRequest,
  broker: ContainerBroker,
): Op<HttpResponse | undefined> {
  const { headers } = request;
  const nodes = updatesIn(headers, "account");
  if (nodes === undefined) {
    const [hosts = "", devices = ""] = [headers["x-account-host"], headers["x-account-device"]];
    env.log(
      "error",
      "ERROR Account update failed: different  numbers of hosts and devices in request: " +
        `"${hosts}" vs "${devices}"`,
    );
    return answer(400);
  }
  let missing = 0;
  for (const node of nodes) {
    const { put_timestamp, delete_timestamp, object_count, bytes_used } = broker.report;
    const override = headers["x-account-override-deleted"]?.toLowerCase() === "yes";
    const call = {
      method: "PUT",
      path: `/${broker.account}/${broker.container}`,
      headers: {
        "x-put-timestamp": put_timestamp,
        "x-delete-timestamp": delete_timestamp,
        "x-object-count": String(object_count),
        "x-bytes-used": String(bytes_used),
        "x-trans-id": headers["x-trans-id"] ?? "-",
        "x-backend-storage-policy-index": "0",
        "user-agent": "container-server 1",
        referer: asReferer(request.method, `http://${env.host}${request.quoted}`),
        ...(override && { "x-account-override-deleted": "yes" }),
      },
    };
    try {
      const partition = headers["x-account-partition"] ?? "";
      const { status } = yield* askNode(env, node, partition, call, limits);
      if (status === 404) missing++;
      else if (!isSuccess(status)) {
        env.log(
          "error",
          `ERROR Account update failed with ${nameOf(node)} (will retry later): ` +
            `Response ${String(status)} ${titleOf(status)}`,
        );
      }
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      env.log("error", `ERROR account update failed with ${nameOf(node)} (will retry later)`);
    }
  }
  return nodes.length > 0 && missing === nodes.length ? answer(404) : undefined;
}
