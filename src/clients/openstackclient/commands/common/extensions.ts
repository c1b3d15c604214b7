/**
 * `extension list`: what Keystone, Nova and Cinder say that they can do beside their API. Whatever goes wrong
 * with one of them is a warning. Upstream: openstackclient/common/extension.py, 0.4.1.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { AttributeError, type JsonObject } from "../../../../python/index.js";
import { flagOption } from "../../../openstack/options.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Console } from "../../../shell/console.js";
import type { OpenStackClients } from "../../clients.js";
import { lister, logged, longOption, rowsOf } from "../../output.js";

/** Each client is made outside of what is forgiven: that the catalog lacks it is an error. */
type Source = (clients: OpenStackClients) => () => Op<readonly JsonObject[]>;

const SOURCES: ReadonlyMap<string, Source> = new Map<string, Source>([
  ["Identity", identityExtensions],
  [
    "Compute",
    ({ compute }) =>
      () =>
        compute.extensions(),
  ],
  [
    "Volume",
    ({ volume }) =>
      () =>
        volume.extensions.all(),
  ],
]);

/** The library for version 3 has no such thing. */
function identityExtensions(clients: OpenStackClients): () => Op<readonly JsonObject[]> {
  const v3 = clients.identityVersion === "3";
  const identity = v3 ? undefined : clients.identity;
  return function* () {
    if (identity === undefined) throw new AttributeError("extensions");
    return yield* identity.extensions();
  };
}

export const listExtensions = lister(
  {
    name: "extension list",
    about: "List extensions of the APIs.",
    options: [
      longOption,
      ...[...SOURCES.keys()].map((api) =>
        flagOption(`--${api.toLowerCase()}`, `Those of the ${api} API.`),
      ),
    ],
  },
  function* (clients, args, console) {
    const columns = args.flag("long")
      ? ["Name", "Namespace", "Description", "Alias", "Updated", "Links"]
      : ["Name", "Alias", "Description"];
    return rowsOf(yield* wanted(clients, args, console), columns);
  },
);

function* wanted(clients: OpenStackClients, args: Arguments, console: Console) {
  const named = [...SOURCES].filter(([api]) => args.flag(api.toLowerCase()));
  const found: JsonObject[] = [];
  for (const [api, source] of named.length === 0 ? SOURCES : named) {
    const ask = source(clients);
    try {
      found.push(...(yield* ask()));
    } catch (thrown) {
      yield* caught(thrown);
      const message = `Extensions list not supported by ${api} API`;
      logged(console, "WARNING", "common.extension", message);
    }
  }
  return found;
}
