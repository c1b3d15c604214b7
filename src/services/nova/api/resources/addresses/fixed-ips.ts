/**
 * The addresses of nova-network's, for administrators: of those that Neutron hands out none is here. Upstream:
 * contrib/fixed_ips.py, nova/db/sqlalchemy/api.py (_fixed_ip_get_by_address) over MySQL at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { contains } from "../../../../../python/index.js";
import { fixedIpByAddress } from "../../../db/networks.js";
import { FixedIpNotFoundForAddress } from "../../../exception.js";
import { badRequest } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";

const RULE = "compute_extension:fixed_ips";
const ITEM = "/os-fixed-ips/{id}";

export const fixedIpRoutes: readonly NovaRoute[] = [
  route("GET", ITEM, RULE, function* ({ app: { db }, params: { id } }) {
    const row = found(() => fixedIpByAddress(db, id));
    const instance = row.instance_uuid === null ? undefined : db.instances.get(row.instance_uuid);
    const fixed_ip = {
      cidr: db.networks.get(row.network_id)?.cidr ?? "None",
      address: row.address,
      hostname: instance?.hostname ?? null,
      host: instance?.host ?? null,
    };
    return respond(200, { fixed_ip });
  }),
  route("POST", `${ITEM}/action`, RULE, function* ({ app: { db }, request, params: { id } }) {
    const reserved = contains(request.body, "reserve");
    if (!reserved && !contains(request.body, "unreserve")) {
      throw badRequest("No valid action specified");
    }
    const row = found(() => fixedIpByAddress(db, id), `Fixed IP ${id} not found`);
    db.fixed_ips.update(row.id, { reserved });
    return respond(202);
  }),
];

/** @throws HttpFault 404 */
function found<T>(look: () => T, words?: string): T {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof FixedIpNotFoundForAddress)) throw error;
    throw new HttpFault(404, words ?? error.message);
  }
}
