/**
 * Which parts of the API are extensions, so that clients can ask. Only those that are simulated are
 * listed. Upstream: cinder/api/extensions.py (ExtensionsResource) at 2014.2.
 */
import { respond } from "../../../../../http/index.js";
import { dictOrder, type JsonObject } from "../../../../../python/index.js";
import { plainFault } from "../../faults.js";
import { BOTH, inVersions } from "../../route.js";
import { EXTENSIONS, type ExtensionRow } from "./extension-table.js";

const BY_ALIAS: ReadonlyMap<string, ExtensionRow> = new Map(
  EXTENSIONS.map((row) => [row[0], row] as const),
);

export const extensionRoutes = inVersions(BOTH, (route) => [
  route("GET", "/extensions", null, function* () {
    const aliases = dictOrder([...BY_ALIAS.keys()]);
    const extensions = aliases.flatMap((alias) => {
      const row = BY_ALIAS.get(alias);
      return row === undefined ? [] : [view(row)];
    });
    return respond(200, { extensions });
  }),
  route("GET", "/extensions/{alias}", null, function* ({ params: { alias } }) {
    const found = BY_ALIAS.get(alias);
    if (found === undefined) throw plainFault(404);
    return respond(200, { extension: view(found) });
  }),
]);

const BELOW = "http://docs.openstack.org/volume/ext/";

const view = ([alias, name, namespace, updated, description]: ExtensionRow): JsonObject => ({
  name,
  alias,
  description,
  namespace: namespace.startsWith("http") ? namespace : `${BELOW}${namespace}`,
  updated,
  links: [],
});
