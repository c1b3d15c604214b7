/**
 * What runs, and where: services, availability zones, and the extensions of the API. Upstream:
 * python-cinderclient 1.1.1 `cinderclient/v1/services.py`, `availability_zones.py`,
 * `contrib/list_extensions.py`.
 */
import type { Op } from "../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import { Manager } from "./manager.js";

export interface ServiceName {
  readonly host: string;
  readonly binary: string;
}

export class ServiceManager extends Manager {
  /** Nothing of what is put into the URL is quoted. */
  all({ host, binary }: Partial<ServiceName>): Op<JsonObject[]> {
    const filters = [
      ...(host === undefined ? [] : [`host=${host}`]),
      ...(binary === undefined ? [] : [`binary=${binary}`]),
    ];
    const query = filters.length === 0 ? "" : `?${filters.join("&")}`;
    return this.list(`/os-services${query}`, "services");
  }

  enable({ host, binary }: ServiceName): Op<JsonObject> {
    return this.#put("enable", { host, binary });
  }

  disable({ host, binary }: ServiceName): Op<JsonObject> {
    return this.#put("disable", { host, binary });
  }

  disableLogReason({ host, binary }: ServiceName, disabled_reason: string): Op<JsonObject> {
    return this.#put("disable-log-reason", { host, binary, disabled_reason });
  }

  *#put(action: string, body: JsonObject): Op<JsonObject> {
    const { body: answer } = yield* this.endpoint.request("PUT", `/os-services/${action}`, body);
    return isObject(answer) ? answer : {};
  }
}

export class AvailabilityZoneManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list("/os-availability-zone", "availabilityZoneInfo");
  }
}

export class ExtensionManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list("/extensions", "extensions");
  }
}
