/** Offers of volumes. Upstream: python-cinderclient 1.1.1 `cinderclient/v1/volume_transfers.py`. */
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { Manager, type Resource } from "./manager.js";

const PATH = "/os-volume-transfer";

export class TransferManager extends Manager {
  /** @returns with the key, which is said once */
  create(volume_id: string, name: Json): Op<Resource> {
    return this.resource("POST", PATH, "transfer", { transfer: { volume_id, name } });
  }

  accept(id: string, auth_key: string): Op<Resource> {
    return this.resource("POST", `${PATH}/${id}/accept`, "transfer", { accept: { auth_key } });
  }

  /** @throws NotFound */
  get(id: string): Op<Resource> {
    return this.resource("GET", `${PATH}/${id}`, "transfer");
  }

  /** `GET /os-volume-transfer/detail`, whatever is asked for. */
  all(): Op<JsonObject[]> {
    return this.list(`${PATH}/detail`, "transfers");
  }

  delete(id: string): Op<void> {
    return this.remove(`${PATH}/${id}`);
  }
}
