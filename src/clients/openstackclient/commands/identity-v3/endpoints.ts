/**
 * `endpoint create|delete|list|set|show`, by version 3. Upstream: openstackclient/identity/v3/endpoint.py,
 * 0.4.1.
 */
import { textOf, type JsonObject } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import { oneOf } from "../../../shell/parser/index.js";
import { ENDPOINTS_V3 } from "../../identity-v3.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { enabledIn, enabling } from "../enabling.js";
import { deleteV3, idV3, ofServiceV3, serviceV3, theV3 } from "./common.js";

const INTERFACES = ["admin", "public", "internal"] as const;

const interfaceOption = {
  ...valueOption("--interface", "<interface>", "For whom: admin, public or internal."),
  type: oneOf(INTERFACES),
};
const region = valueOption("--region", "<region>", "Its region.");

const create = shower(
  {
    name: "endpoint create",
    about: "Make an endpoint of a service.",
    positionals: [
      argument("service", "Whose it is."),
      { ...argument("interface", "For whom: admin, public or internal."), choices: INTERFACES },
      argument("url", "Its URL."),
    ],
    options: [region, ...enabling],
  },
  function* ({ identityV3 }, args) {
    const service = yield* serviceV3(identityV3, word(args, "service"));
    const endpoint = yield* identityV3.create(ENDPOINTS_V3, {
      service_id: textOf(service, "id"),
      interface: word(args, "interface"),
      url: word(args, "url"),
      region: args.exactText("region") ?? null,
      enabled: !args.flag("disable"),
    });
    return ofServiceV3(endpoint, service);
  },
);

const list = lister(
  {
    name: "endpoint list",
    about: "List endpoints.",
    options: [
      valueOption("--service", "<service>", "Only those of a service."),
      interfaceOption,
      valueOption("--region", "<region>", "Only those of a region."),
    ],
  },
  function* ({ identityV3 }, args) {
    const whose = args.text("service");
    const service = whose === undefined ? undefined : yield* serviceV3(identityV3, whose);
    const endpoints = yield* identityV3.list(ENDPOINTS_V3, {
      service_id: service === undefined ? null : textOf(service, "id"),
      interface: args.text("interface") ?? null,
      region: args.text("region") ?? null,
    });
    const all: JsonObject[] = [];
    for (const endpoint of endpoints) {
      const its = yield* serviceV3(identityV3, textOf(endpoint, "service_id"));
      all.push(ofServiceV3(endpoint, its));
    }
    const columns = ["ID", "Region", "Service Name", "Service Type", "Enabled", "Interface", "URL"];
    return rowsOf(all, columns);
  },
);

const set: OpenStackCommand = {
  name: "endpoint set",
  about: "Change an endpoint.",
  positionals: [argument("endpoint", "Its id.")],
  options: [
    interfaceOption,
    valueOption("--url", "<url>", "Its new URL."),
    valueOption("--service", "<service>", "Whose it is to be."),
    ...[region, ...enabling],
  ],
  *run({ identityV3 }, args, console) {
    const id = yield* idV3(identityV3, ENDPOINTS_V3, word(args, "endpoint"));
    const dests = ["interface", "url", "service", "region"];
    const given = dests.some((dest) => args.text(dest) !== undefined);
    if (!given && !args.flag("enable") && !args.flag("disable")) {
      console.write("Endpoint not updated, no arguments present");
      return;
    }
    const whose = args.text("service");
    const service = whose === undefined ? undefined : yield* serviceV3(identityV3, whose);
    yield* identityV3.update(ENDPOINTS_V3, id, {
      service_id: service === undefined ? null : textOf(service, "id"),
      interface: args.exactText("interface") ?? null,
      url: args.exactText("url") ?? null,
      region: args.exactText("region") ?? null,
      ...enabledIn(args),
    });
  },
};

const show = shower(
  {
    name: "endpoint show",
    about: "Show an endpoint.",
    positionals: [argument("endpoint", "Its id.")],
  },
  function* ({ identityV3 }, args) {
    const endpoint = yield* theV3(identityV3, ENDPOINTS_V3, word(args, "endpoint"));
    const service = yield* serviceV3(identityV3, textOf(endpoint, "service_id"));
    return ofServiceV3(endpoint, service);
  },
);

export const endpointV3Commands: readonly OpenStackCommand[] = [
  ...[create, deleteV3(ENDPOINTS_V3, "endpoint"), list, set, show],
];
