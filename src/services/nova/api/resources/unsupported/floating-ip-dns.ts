/**
 * Names for floating IPs, of which Neutron's driver knows nothing: whatever is asked well is answered 500. Upstream:
 * contrib/floating_ip_dns.py, nova/network/neutronv2/api.py (get_dns_domains to create_public_dns_domain) at 2014.2.
 */
import {
  get,
  item,
  KeyError,
  NotImplementedException,
  PythonTypeError,
  truth,
  type Json,
} from "../../../../../python/index.js";
import { unprocessable } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";

const RULE = "compute_extension:floating_ip_dns";
const DOMAINS = "/os-floating-ip-dns";
const DOMAIN = "/os-floating-ip-dns/{id}";
const ENTRY = "/os-floating-ip-dns/{domain}/entries/{id}";

const unsupported = (_call: NovaCall): never => {
  throw new NotImplementedException("");
};

export const floatingIpDnsRoutes: readonly NovaRoute[] = [
  route("GET", DOMAINS, RULE, unsupported),
  route("PUT", DOMAIN, RULE, function* ({ request: { body } }) {
    const [entry, scope] = members(body, "domain_entry", "scope");
    const [project, zone] = [get(entry, "project"), get(entry, "availability_zone")];
    const isPrivate = scope === "private";
    const fits =
      (isPrivate || scope === "public") &&
      !(truth(project) && truth(zone)) &&
      !(isPrivate ? truth(project) : truth(zone));
    if (!fits) throw unprocessable();
    throw new NotImplementedException("");
  }),
  route("DELETE", DOMAIN, RULE, unsupported),
  route("GET", ENTRY, RULE, unsupported),
  route("PUT", ENTRY, RULE, function* ({ request: { body } }) {
    members(body, "dns_entry", "ip", "dns_type");
    throw new NotImplementedException("");
  }),
  route("DELETE", ENTRY, RULE, unsupported),
];

/** What stands at `key`, and those of its members that it must have. @throws HttpFault 422 */
function members(
  body: Json,
  key: string,
  ...wanted: readonly string[]
): readonly [Json, ...Json[]] {
  try {
    const entry = item(body, key);
    return [entry, ...wanted.map((name) => item(entry, name))];
  } catch (error) {
    const known = error instanceof KeyError || error instanceof PythonTypeError;
    throw known ? unprocessable() : error;
  }
}
