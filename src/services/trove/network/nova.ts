/** Security groups by way of Nova, which is the default. Upstream: trove/network/nova.py (NovaNetwork) at 2014.2. */
import { ClientException } from "../../../framework/apiclient/index.js";
import { textOf } from "../../../python/index.js";
import type { NovaClient } from "../../nova/client/index.js";
import type { NetworkDriver } from "./driver.js";

export const novaNetwork = ({ securityGroups }: NovaClient): NetworkDriver => ({
  refuses: (error) => error instanceof ClientException,
  *makeGroup(name, description) {
    return textOf(yield* securityGroups.make(name, description), "id");
  },
  deleteGroup: (id) => securityGroups.delete(id),
  *makeRule(parent, { protocol, from, to }, cidr) {
    const ports = { fromPort: from, toPort: to };
    const made = yield* securityGroups.makeRule({ parent, protocol, ...ports, cidr });
    return textOf(made, "id");
  },
  deleteRule: (id) => securityGroups.deleteRule(id),
});
