/**
 * Networks that a tenant's server can be put on, and a look at one port. Upstream:
 * nova/network/neutronv2/api.py (_get_available_networks, validate_networks).
 */
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { NeutronClientException, type NeutronClient } from "../../../neutron/client/index.js";
import { PortNotFound } from "../../exception.js";

/**
 * Those named, in their order, once for each time they are named; without names the tenant's own
 * and then the shared ones, by two requests.
 */
export function* availableNetworks(
  neutron: NeutronClient,
  projectId: string | null,
  ids: readonly string[],
): Op<JsonObject[]> {
  if (ids.length > 0) {
    const networks = yield* neutron.list("networks", { id: ids });
    return [...networks].sort((a, b) => place(ids, a) - place(ids, b));
  }
  const own = yield* neutron.list("networks", { tenant_id: projectId ?? "", shared: "False" });
  const shared = yield* neutron.list("networks", { shared: "True" });
  return [...own, ...shared];
}

const place = (ids: readonly string[], network: JsonObject): number =>
  ids.indexOf(network["id"] as string);

/** Upstream: the look of validate_networks. @throws PortNotFound, NeutronClientException */
export function* showPort(neutron: NeutronClient, id: string): Op<JsonObject> {
  try {
    return yield* neutron.show("ports", id);
  } catch (error) {
    if (error instanceof NeutronClientException && error.status === 404) {
      throw new PortNotFound({ port_id: id });
    }
    throw error;
  }
}
