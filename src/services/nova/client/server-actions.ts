/**
 * What is done to servers that is answered by more than a yes. Upstream: novaclient/v1_1/servers.py
 * (rebuild), 2.20.0.
 */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { Manager, withTexts } from "./manager.js";
import type { OnTheWire, Server } from "./resources.js";

const isRebuilt = withTexts<Server>("id", "name", "status");

export class ServerActionManager extends Manager {
  rebuild(id: string, body: JsonObject): Op<OnTheWire<Server>> {
    return this.create(`/servers/${id}/action`, { rebuild: body }, "server", isRebuilt);
  }
}
