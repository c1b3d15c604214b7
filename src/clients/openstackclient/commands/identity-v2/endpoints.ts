/**
 * `endpoint create|delete|list|show`, by version 2.0. Upstream: openstackclient/identity/v2_0/endpoint.py,
 * 0.4.1.
 */
import { textOf, type JsonObject } from "../../../../python/index.js";
import { ENDPOINTS } from "../../../keystone/identity-api.js";
import { valueOption } from "../../../openstack/options.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { serviceOf } from "./lookups.js";

/** An endpoint with the name and the type of its service. */
export const ofService = (endpoint: JsonObject, service: JsonObject): JsonObject => ({
  ...endpoint,
  service_name: service["name"] ?? null,
  service_type: service["type"] ?? null,
});

const create = shower(
  {
    name: "endpoint create",
    about: "Make an endpoint of a service.",
    positionals: [{ ...argument("service", "Whose it is."), metavar: "<endpoint-service>" }],
    options: [
      valueOption("--region", "<region>", "Its region."),
      { ...valueOption("--publicurl", "<public-url>", "Its public URL."), required: true },
      valueOption("--adminurl", "<admin-url>", "Its URL for administrators."),
      valueOption("--internalurl", "<internal-url>", "Its URL for the services."),
    ],
  },
  function* ({ identity }, args) {
    const service = yield* serviceOf(identity, word(args, "service"));
    const endpoint = yield* identity.create(ENDPOINTS, {
      region: args.exactText("region") ?? null,
      service_id: textOf(service, "id"),
      publicurl: word(args, "publicurl"),
      adminurl: args.exactText("adminurl") ?? null,
      internalurl: args.exactText("internalurl") ?? null,
    });
    return ofService(endpoint, service);
  },
);

const remove: OpenStackCommand = {
  name: "endpoint delete",
  about: "Delete an endpoint.",
  positionals: [{ ...argument("endpoint", "Its id."), metavar: "<endpoint-id>" }],
  *run({ identity }, args) {
    yield* identity.change("DELETE", `${ENDPOINTS.path}/${word(args, "endpoint")}`);
  },
};

const list = lister(
  { name: "endpoint list", about: "List endpoints.", options: [longOption] },
  function* ({ identity }, args) {
    const all: JsonObject[] = [];
    for (const endpoint of yield* identity.list(ENDPOINTS)) {
      all.push(ofService(endpoint, yield* serviceOf(identity, textOf(endpoint, "service_id"))));
    }
    const more = args.flag("long") ? ["PublicURL", "AdminURL", "InternalURL"] : [];
    return rowsOf(all, ["ID", "Region", "Service Name", "Service Type", ...more]);
  },
);

const show = shower(
  {
    name: "endpoint show",
    about: "Show an endpoint.",
    positionals: [
      {
        ...argument("endpoint_or_service", "Its id, or the name, type or id of its service."),
        metavar: "<endpoint_or_service>",
      },
    ],
  },
  function* ({ identity }, args) {
    const wanted = word(args, "endpoint_or_service");
    const endpoints = yield* identity.list(ENDPOINTS);
    const named = endpoints.findLast(({ id }) => id === wanted);
    if (named !== undefined) {
      return ofService(named, yield* serviceOf(identity, textOf(named, "service_id")));
    }
    const service = yield* serviceOf(identity, wanted);
    const its = endpoints.findLast(({ service_id }) => service_id === service["id"]);
    return its === undefined ? undefined : ofService(its, service);
  },
);

export const endpointCommands: readonly OpenStackCommand[] = [create, remove, list, show];
