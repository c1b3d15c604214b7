/** `hypervisor list|show`. Upstream: openstackclient/compute/v2/hypervisor.py, 0.4.1. */
import { isObject } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import { found } from "../../find.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { hypervisorLookup } from "./lookups.js";

const list = lister(
  {
    name: "hypervisor list",
    about: "List hypervisors.",
    options: [valueOption("--matching", "<hostname-str>", "Only those with this in their name.")],
  },
  function* ({ compute: { hypervisors } }, args) {
    const matching = args.text("matching");
    const all =
      matching === undefined ? yield* hypervisors.all(true) : yield* hypervisors.search(matching);
    return rowsOf(all, ["ID", "Hypervisor Hostname"]);
  },
);

const show = shower(
  {
    name: "hypervisor show",
    about: "Show a hypervisor.",
    positionals: [argument("id", "Its id, or the name of its host.")],
  },
  function* ({ compute }, args) {
    const { service, ...info } = yield* found(hypervisorLookup(compute), word(args, "id"));
    const its = isObject(service) ? service : {};
    return { ...info, service_id: its["id"] ?? null, service_host: its["host"] ?? null };
  },
);

export const hypervisorCommands: readonly OpenStackCommand[] = [list, show];
