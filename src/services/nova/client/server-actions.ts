/**
 * What is done to servers that is answered by more than a yes. Upstream: novaclient/v1_1/servers.py
 * (rebuild, evacuate), 2.20.0.
 */
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { Manager, withTexts } from "./manager.js";
import type { OnTheWire, Server } from "./resources.js";

const isRebuilt = withTexts<Server>("id", "name", "status");

export interface EvacuationRequest {
  readonly shared: boolean;
  readonly host?: string | undefined;
  readonly password?: string | undefined;
}

export class ServerActionManager extends Manager {
  rebuild(id: string, body: JsonObject): Op<OnTheWire<Server>> {
    return this.create(`/servers/${id}/action`, { rebuild: body }, "server", isRebuilt);
  }

  /** @returns its new password, where it has got one */
  evacuate(id: string, { shared, host, password }: EvacuationRequest): Op<HttpResponse["body"]> {
    const evacuate = {
      onSharedStorage: shared,
      ...(host !== undefined && { host }),
      ...(password !== undefined && { adminPass: password }),
    };
    return this.post(`/servers/${id}/action`, { evacuate });
  }
}
