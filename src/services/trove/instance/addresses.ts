/** Addresses of an instance that its users are told. Upstream: trove/instance/models.py (get_visible_ip_addresses) at 2014.2. */
import type { TroveParts } from "../parts.js";
import type { Instance } from "./instances.js";

/** Those on networks of the right name. */
export function visibleAddresses(
  { instanceFlags }: Pick<TroveParts, "instanceFlags">,
  { server }: Pick<Instance, "server">,
): readonly string[] {
  const { network_label_regex: label, ip_regex, black_list_regex } = instanceFlags;
  const all = Object.entries(server.addresses)
    .filter(([name]) => new RegExp(label, "u").test(name))
    .flatMap(([, addresses]) => addresses.map(({ addr }) => addr));
  if (!ip_regex || !black_list_regex) return all;
  const [white, black] = [new RegExp(ip_regex, "u"), new RegExp(black_list_regex, "u")];
  return all.filter((address) => white.test(address) && !black.test(address));
}
