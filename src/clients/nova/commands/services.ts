/** `service-list`, `-enable`, `-disable`, `-delete`. Upstream: novaclient/v1_1/shell.py (do_service_*). */
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { listing } from "../../openstack/table.js";
import { one } from "./positionals.js";

const SERVICE_COLUMNS = ["Binary", "Host", "Zone", "Status", "State", "Updated_at"];

const serviceList: Command<NovaClient> = {
  name: "service-list",
  about: "List the services of Nova, and whether they report.",
  options: [
    valueOption("--host", "<hostname>", "Services on this host."),
    valueOption("--binary", "<binary>", "Services of this kind, such as nova-compute."),
  ],
  *run(nova, args, console) {
    const services = yield* nova.services.all(args.text("host"), args.text("binary"));
    const [first] = services;
    const headers = [...SERVICE_COLUMNS];
    // What the extensions of an older cloud do not answer has no column.
    if (first !== undefined && "disabled_reason" in first) headers.push("Disabled Reason");
    if (first !== undefined && "id" in first) headers.unshift("Id");
    console.write(listing(services, headers));
  },
};

const HOST = { ...one("host", "The name of the host."), metavar: "<hostname>" };
const BINARY = one("binary", "The kind of service, such as nova-compute.");

const enable: Command<NovaClient> = {
  name: "service-enable",
  about: "Let the scheduler use a service again.",
  positionals: [HOST, BINARY],
  *run({ services }, args, console) {
    const service = yield* services.enable(args.text("host") ?? "", args.text("binary") ?? "");
    console.write(listing([service], ["Host", "Binary", "Status"]));
  },
};

const disable: Command<NovaClient> = {
  name: "service-disable",
  about: "Keep the scheduler from using a service. It goes on running.",
  positionals: [HOST, BINARY],
  options: [valueOption("--reason", "<reason>", "Why.")],
  *run({ services }, args, console) {
    const [host, binary] = [args.text("host") ?? "", args.text("binary") ?? ""];
    const reason = args.text("reason");
    if (reason === undefined) {
      const service = yield* services.disable(host, binary);
      console.write(listing([service], ["Host", "Binary", "Status"]));
      return;
    }
    const service = yield* services.disableLogReason(host, binary, reason);
    console.write(listing([service], ["Host", "Binary", "Status", "Disabled Reason"]));
  },
};

const remove: Command<NovaClient> = {
  name: "service-delete",
  about: "Forget a service. One that still reports comes back.",
  positionals: [one("id", "The ID of the service.")],
  *run({ services }, args) {
    yield* services.delete(args.text("id") ?? "");
  },
};

export const serviceCommands: readonly Command<NovaClient>[] = [
  serviceList,
  enable,
  disable,
  remove,
];
