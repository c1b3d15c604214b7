/** `endpoint-list`, `-create`, `-delete`, `-get`. Upstream: keystoneclient/v2_0/shell.py, endpoints.py. */
import { caught, done } from "../../../kernel/index.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption, withTwin } from "../../openstack/options.js";
import { urlFor } from "../../openstack/identity.js";
import { ENDPOINTS, SERVICES, type IdentityApi } from "../identity-api.js";
import { printDict, printList } from "../print.js";

const list: Command<IdentityApi> = {
  name: "endpoint-list",
  about: "List the endpoints of all services.",
  *run(keystone, _args, console) {
    const fields = ["id", "region", "publicurl", "internalurl", "adminurl", "service_id"];
    printList(console, yield* keystone.list(ENDPOINTS), fields);
  },
};

const create: Command<IdentityApi> = {
  name: "endpoint-create",
  about: "Make an endpoint of a service.",
  options: [
    valueOption("--region", "<endpoint-region>", "Its region.", { otherwise: "regionOne" }),
    valueOption("--service", "<service>", "Name or id of the service.", {
      names: ["--service", "--service-id", "--service_id"],
      required: true,
    }),
    valueOption("--publicurl", "<public-url>", "Where users find it.", { required: true }),
    valueOption("--adminurl", "<admin-url>", "Where administrators find it."),
    valueOption("--internalurl", "<internal-url>", "Where services find it."),
  ],
  *run(keystone, args, console) {
    const made = yield* keystone.create(ENDPOINTS, {
      region: args.exactText("region") ?? "",
      service_id: yield* keystone.idOf(SERVICES, args.exactText("service") ?? ""),
      publicurl: args.exactText("publicurl") ?? "",
      adminurl: args.exactText("adminurl") ?? null,
      internalurl: args.exactText("internalurl") ?? null,
    });
    printDict(console, made);
  },
};

const remove: Command<IdentityApi> = {
  name: "endpoint-delete",
  about: "Delete an endpoint.",
  positionals: [argument("id", "<endpoint-id>", "Its id.")],
  *run(keystone, args, console) {
    try {
      yield* keystone.change("DELETE", `${ENDPOINTS.path}/${args.exactText("id") ?? ""}`);
      console.print("Endpoint has been deleted.");
    } catch (thrown) {
      yield* caught(thrown);
      console.print("Unable to delete endpoint.");
    }
  },
};

const get: Command<IdentityApi> = {
  name: "endpoint-get",
  about: "Show the URL of a service in your catalog.",
  options: [
    valueOption("--service", "<service-type>", "The service's type.", { required: true }),
    ...withTwin(
      valueOption("--endpoint-type", "<endpoint-type>", "Which URL: publicURL and its like.", {
        otherwise: "publicURL",
      }),
    ),
    valueOption("--attr", "<service-attribute>", "A member that the endpoint has, with --value."),
    valueOption("--value", "<value>", "Its value."),
  ],
  run({ access, region }, args, console) {
    const [type, endpointType] = [
      args.exactText("service") ?? "",
      args.exactText("endpoint_type") ?? "",
    ];
    const [attr, value] = [args.text("attr"), args.text("value")];
    if ((attr === undefined) !== (value === undefined)) {
      console.print("Both --attr and --value required.");
      return done(undefined);
    }
    const having =
      attr === undefined || value === undefined ? {} : { having: [attr, value] as const };
    const url = urlFor(access, { type, endpointType, region, ...having }, false);
    printDict(console, { [`${type}.${endpointType}`]: url });
    return done(undefined);
  },
};

export const endpointCommands: readonly Command<IdentityApi>[] = [list, create, remove, get];
