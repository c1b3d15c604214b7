/**
 * Which parts of the API are extensions, so that clients can ask: all 89 that Juno has. Upstream: nova/api/openstack/extensions.py (ExtensionsController) at 2014.2; nova §5.1.
 */
import { respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { route, type NovaRoute } from "../route.js";
import { plainFault } from "../faults.js";
import { EXTENSIONS, type ExtensionRow } from "./extension-table.js";

const COMMON = "http://docs.openstack.org/compute/ext/";

export const extensionRoutes: readonly NovaRoute[] = [
  route("GET", "/extensions", null, function* () {
    return respond(200, { extensions: EXTENSIONS.map(view) });
  }),
  route("GET", "/extensions/{alias}", null, function* ({ params: { alias } }) {
    const found = EXTENSIONS.find(([known]) => known === alias);
    if (found === undefined) throw plainFault(404);
    return respond(200, { extension: view(found) });
  }),
];

const view = ([alias, name, namespace, updated, description]: ExtensionRow): JsonObject => ({
  name,
  alias,
  description,
  namespace: namespace.includes("://") ? namespace : `${COMMON}${namespace}`,
  updated: updated.includes("T") ? updated : `${updated}T00:00:00Z`,
  links: [],
});
