/** Qualities of service. Upstream: python-cinderclient 1.1.1 `cinderclient/v1/qos_specs.py`. */
import type { Op } from "../../../kernel/index.js";
import { PythonTypeError, str, type JsonObject } from "../../../python/index.js";
import { Manager, type Resource } from "./manager.js";

const PATH = "/qos-specs";

export class QosSpecsManager extends Manager {
  /** @throws PythonTypeError for options of a look-up, which the library's `list` does not take */
  all(options?: JsonObject): Op<JsonObject[]> {
    if (options !== undefined) {
      throw new PythonTypeError("list() got an unexpected keyword argument 'search_opts'");
    }
    return this.list(PATH, "qos_specs");
  }

  /** @throws NotFound */
  get(id: string): Op<Resource> {
    return this.resource("GET", `${PATH}/${id}`, "qos_specs");
  }

  create(name: string, specs: JsonObject): Op<Resource> {
    return this.resource("POST", PATH, "qos_specs", { qos_specs: { name, ...specs } });
  }

  /** @param force though types have them */
  delete(id: string, force: boolean): Op<void> {
    return this.remove(`${PATH}/${id}?force=${str(force)}`);
  }

  *setKeys(id: string, specs: JsonObject): Op<void> {
    yield* this.endpoint.request("PUT", `${PATH}/${id}`, { qos_specs: specs });
  }

  *unsetKeys(id: string, keys: readonly string[]): Op<void> {
    yield* this.endpoint.request("PUT", `${PATH}/${id}/delete_keys`, { keys });
  }

  associations(id: string): Op<JsonObject[]> {
    return this.list(`${PATH}/${id}/associations`, "qos_associations");
  }

  *associate(id: string, type: string): Op<void> {
    yield* this.endpoint.request("GET", `${PATH}/${id}/associate?vol_type_id=${type}`);
  }

  *disassociate(id: string, type: string): Op<void> {
    yield* this.endpoint.request("GET", `${PATH}/${id}/disassociate?vol_type_id=${type}`);
  }

  *disassociateAll(id: string): Op<void> {
    yield* this.endpoint.request("GET", `${PATH}/${id}/disassociate_all`);
  }
}
