/**
 * `ip floating add|create|delete|list|remove` and `ip floating pool list`. Upstream:
 * openstackclient/compute/v2/floatingip.py, floatingippool.py, 0.4.1.
 */
import { idOf } from "../../find.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { floatingIpLookup, serverLookup } from "./lookups.js";
import { SERVER } from "./servers.js";

const ADDRESS = argument("ip_address", "The address.");

/** A command that puts an address on a server, or takes it away. */
const moving = (verb: string, action: string): OpenStackCommand => ({
  name: `ip floating ${verb}`,
  about: `${verb} a floating IP of a server.`,
  ...SERVER,
  positionals: [ADDRESS, ...(SERVER.positionals ?? [])],
  *run({ compute }, args) {
    const id = yield* idOf(serverLookup(compute), word(args, "server"));
    yield* compute.action(id, action, { address: word(args, "ip_address") });
  },
});

const create = shower(
  {
    name: "ip floating create",
    about: "Get a floating IP out of a pool.",
    positionals: [argument("pool", "The pool.")],
  },
  ({ compute }, args) => compute.floatingIps.allocate(word(args, "pool")),
);

const remove: OpenStackCommand = {
  name: "ip floating delete",
  about: "Give a floating IP back. Only its id finds it.",
  positionals: [ADDRESS],
  *run({ compute }, args) {
    const id = yield* idOf(floatingIpLookup(compute), word(args, "ip_address"));
    yield* compute.floatingIps.delete(id);
  },
};

const list = lister(
  { name: "ip floating list", about: "List floating IPs." },
  function* ({ compute }) {
    const columns = ["ID", "Pool", "IP", "Fixed IP", "Instance ID"];
    return rowsOf(yield* compute.floatingIps.all(false), columns);
  },
);

const pools = lister(
  { name: "ip floating pool list", about: "List the pools of floating IPs." },
  function* ({ compute }) {
    return rowsOf(yield* compute.floatingIps.pools(), ["Name"]);
  },
);

export const floatingIpCommands: readonly OpenStackCommand[] = [
  moving("add", "addFloatingIp"),
  create,
  remove,
  list,
  moving("remove", "removeFloatingIp"),
  pools,
];
