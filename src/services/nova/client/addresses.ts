/**
 * What only nova-network hands out, networks as projects see them, and what can be done to networks. Upstream:
 * novaclient/v1_1/fixed_ips.py, floating_ips_bulk.py, networks.py, novaclient/v1_1/contrib/tenant_networks.py at 2.20.0.
 */
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

export class FixedIpManager extends Manager {
  one(address: string): Op<JsonObject> {
    return this.get(`/os-fixed-ips/${address}`, "fixed_ip", isObjectAtAll);
  }

  /** @param action `reserve` or `unreserve` */
  *act(address: string, action: string): Op<void> {
    yield* this.post(`/os-fixed-ips/${address}/action`, { [action]: null });
  }
}

export class FloatingIpBulkManager extends Manager {
  all(host?: string): Op<JsonObject[]> {
    const path = `/os-floating-ips-bulk${host === undefined ? "" : `/${host}`}`;
    return this.list(path, "floating_ip_info", isObjectAtAll);
  }

  *make(asked: JsonObject): Op<void> {
    yield* this.post("/os-floating-ips-bulk", { floating_ips_bulk_create: asked });
  }

  *delete(ip_range: string): Op<void> {
    yield* this.put("/os-floating-ips-bulk/delete", { ip_range });
  }
}

export class TenantNetworkManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list("/os-tenant-networks", "networks", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`/os-tenant-networks/${id}`, "network", isObjectAtAll);
  }

  make(label: string, cidr: string): Op<JsonObject> {
    const body = { network: { label, cidr } };
    return this.create("/os-tenant-networks", body, "network", isObjectAtAll);
  }

  delete(id: string): Op<void> {
    return this.remove(`/os-tenant-networks/${id}`);
  }
}

export class NetworkManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list("/os-networks", "networks", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`/os-networks/${id}`, "network", isObjectAtAll);
  }

  delete(id: string): Op<void> {
    return this.remove(`/os-networks/${id}`);
  }

  *make(network: JsonObject): Op<void> {
    yield* this.create("/os-networks", { network }, "network", isObjectAtAll);
  }

  /** `disassociate`, `disassociate_host`, `disassociate_project`, `associate_host`. */
  *act(id: string, action: string, argument: Json = null): Op<void> {
    yield* this.post(`/os-networks/${id}/action`, { [action]: argument });
  }

  /** Make it one of the project of whoever asks. */
  *associateProject(id: string): Op<void> {
    yield* this.post("/os-networks/add", { id });
  }
}
