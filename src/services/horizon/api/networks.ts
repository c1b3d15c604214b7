/** Networks, subnets and ports one by one. Upstream: openstack_dashboard/api/neutron.py (network_get, subnet_get, port_get) at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { HorizonRequest } from "../web/request.js";
import { neutronClient } from "./neutron.js";

/** A network, and each of its subnets by a call of its own. */
export function* networkGet(request: HorizonRequest, id: string): Op<JsonObject> {
  const network = yield* neutronClient(request).show("networks", id);
  const subnets: JsonObject[] = [];
  for (const subnet of (network["subnets"] ?? []) as readonly string[]) {
    subnets.push(yield* neutronClient(request).show("subnets", subnet));
  }
  return { ...network, subnets };
}

export const subnetsOf = (network: JsonObject): readonly JsonObject[] => {
  const list = network["subnets"];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
};

export const adminState = ({ admin_state_up: up }: JsonObject): string =>
  up === true ? "UP" : "DOWN";

/** Its name, or the whole of its id. Upstream: `set_id_as_name_if_empty(length=0)`. */
export const nameOrWholeId = (thing: JsonObject): string => {
  const name = textOf(thing, "name");
  return name.trim() === "" ? `(${textOf(thing, "id")})` : name;
};
