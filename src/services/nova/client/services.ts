/** Services of Nova: which there are, and whether they may be used. Upstream: novaclient/v1_1/services.py. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager, withTexts } from "./manager.js";
import type { OnTheWire, ServiceEntry } from "./resources.js";

const isService = withTexts<ServiceEntry>("binary", "host", "state");

export class ServiceManager extends Manager {
  all(host?: string, binary?: string): Op<OnTheWire<ServiceEntry>[]> {
    const filters: string[] = [];
    if (host !== undefined && host !== "") filters.push(`host=${host}`);
    if (binary !== undefined && binary !== "") filters.push(`binary=${binary}`);
    const query = filters.length > 0 ? `?${filters.join("&")}` : "";
    return this.list(`/os-services${query}`, "services", isService);
  }

  enable(host: string, binary: string): Op<JsonObject> {
    return this.update("/os-services/enable", { host, binary }, "service", isObjectAtAll);
  }

  disable(host: string, binary: string): Op<JsonObject> {
    return this.update("/os-services/disable", { host, binary }, "service", isObjectAtAll);
  }

  disableLogReason(host: string, binary: string, disabled_reason: string): Op<JsonObject> {
    const body = { host, binary, disabled_reason };
    return this.update("/os-services/disable-log-reason", body, "service", isObjectAtAll);
  }

  *delete(id: string): Op<void> {
    yield* this.remove(`/os-services/${id}`);
  }
}
