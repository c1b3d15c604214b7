/** Machines for bare metal, for administrators. Upstream: novaclient/v1_1/contrib/baremetal.py at 2.20.0. */
import type { Op } from "../../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import { isObjectAtAll, Manager } from "../manager.js";

export class BareMetalManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list("/os-baremetal-nodes", "nodes", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`/os-baremetal-nodes/${id}`, "node", isObjectAtAll);
  }

  make(node: JsonObject): Op<JsonObject> {
    return this.create("/os-baremetal-nodes", { node }, "node", isObjectAtAll);
  }

  delete(id: string): Op<void> {
    return this.remove(`/os-baremetal-nodes/${id}`);
  }

  *addInterface(id: string, card: JsonObject): Op<JsonObject> {
    const body = { add_interface: card };
    return yield* this.create(`/os-baremetal-nodes/${id}/action`, body, "interface", isObjectAtAll);
  }

  *removeInterface(id: string, address: string): Op<void> {
    yield* this.post(`/os-baremetal-nodes/${id}/action`, { remove_interface: { address } });
  }

  *interfaces(id: string): Op<JsonObject[]> {
    const { interfaces = [] } = yield* this.one(id);
    return Array.isArray(interfaces) ? (interfaces as readonly Json[]).filter(isObject) : [];
  }
}
