/** Which port each address of a server is on. Upstream: heat/engine/resources/server.py (_add_port_for_address) at 2014.2. */
import { isObject, repr, type Json, type JsonObject } from "../../../../../../python/index.js";
import { objectsOf } from "../../service-resource.js";

export function withAddressPorts(
  { addresses }: JsonObject,
  interfaces: readonly JsonObject[],
): JsonObject {
  const ports = new Map<string, Json>();
  for (const { fixed_ips, mac_addr = null, port_id = null } of interfaces) {
    const [first] = objectsOf(fixed_ips);
    ports.set(repr([first?.["ip_address"] ?? null, mac_addr]), port_id);
  }
  const networks = isObject(addresses) ? addresses : {};
  return Object.fromEntries(
    Object.entries(networks).map(([name, list]) => [
      name,
      objectsOf(list).map((address) => {
        const key = repr([address["addr"] ?? null, address["OS-EXT-IPS-MAC:mac_addr"] ?? null]);
        return { ...address, port: ports.get(key) ?? null };
      }),
    ]),
  );
}
