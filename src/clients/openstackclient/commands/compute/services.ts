/**
 * `compute service list|set`. That `set` ends in an error when it has done its work is upstream's mistake:
 * it takes one service for a list. Upstream: openstackclient/compute/v2/service.py, 0.4.1.
 */
import { PythonTypeError } from "../../../../python/index.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { argument, lister, rowsOf, word, type OpenStackCommand } from "../../output.js";

const list = lister(
  {
    name: "compute service list",
    about: "List the services of Nova.",
    options: [
      valueOption("--host", "<host>", "Only those of a host."),
      valueOption("--service", "<service>", "Only those of a name: nova-compute."),
    ],
  },
  function* ({ compute }, args) {
    const services = yield* compute.services.all(args.text("host"), args.text("service"));
    return rowsOf(services, ["Binary", "Host", "Zone", "Status", "State", "Updated At"]);
  },
);

const set = lister(
  {
    name: "compute service set",
    about: "Enable or disable a service of Nova.",
    positionals: [argument("host", "Its host."), argument("service", "Its name: nova-compute.")],
    options: [
      { ...flagOption("--enable", "Enabled, as it usually is."), group: "enabled" },
      { ...flagOption("--disable", "Disabled."), group: "enabled" },
    ],
  },
  function* ({ compute: { services } }, args) {
    const [host, service] = [word(args, "host"), word(args, "service")];
    if (args.flag("disable")) yield* services.disable(host, service);
    else yield* services.enable(host, service);
    throw new PythonTypeError("'Service' object is not iterable");
  },
);

export const computeServiceCommands: readonly OpenStackCommand[] = [list, set];
