/** Server groups. Upstream: novaclient/v1_1/server_groups.py at 2.20.0. */
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { isObjectAtAll, Manager } from "../manager.js";

const LIST = "/os-server-groups";

export class ServerGroupManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list(LIST, "server_groups", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`${LIST}/${id}`, "server_group", isObjectAtAll);
  }

  make(name: string, policies: readonly string[]): Op<JsonObject> {
    return this.create(LIST, { server_group: { name, policies } }, "server_group", isObjectAtAll);
  }

  delete(id: string): Op<void> {
    return this.remove(`${LIST}/${id}`);
  }
}
