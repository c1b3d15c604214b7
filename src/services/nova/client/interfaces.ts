/** Network interfaces of servers. Upstream: novaclient/v1_1/servers.py (interface_list, _attach, _detach), 2.20.0. */
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

/** What is null or empty is not sent. */
export interface NewInterface {
  readonly port_id: string | null;
  readonly net_id: string | null;
  readonly fixed_ip: string | null;
}

export class InterfaceManager extends Manager {
  of(serverId: string): Op<JsonObject[]> {
    return this.list(`/servers/${serverId}/os-interface`, "interfaceAttachments", isObjectAtAll);
  }

  attach(serverId: string, { port_id, net_id, fixed_ip }: NewInterface): Op<JsonObject> {
    const wanted: Record<string, Json> = {};
    if (port_id !== null && port_id !== "") wanted["port_id"] = port_id;
    if (net_id !== null && net_id !== "") wanted["net_id"] = net_id;
    if (fixed_ip !== null && fixed_ip !== "") wanted["fixed_ips"] = [{ ip_address: fixed_ip }];
    const body = { interfaceAttachment: wanted };
    const path = `/servers/${serverId}/os-interface`;
    return this.create(path, body, "interfaceAttachment", isObjectAtAll);
  }

  *detach(serverId: string, portId: string): Op<void> {
    yield* this.remove(`/servers/${serverId}/os-interface/${portId}`);
  }
}
