/**
 * The controller of servers under two more names, which extensions gave it: what one server is asked and what there is in all, without
 * `detail` and `action`. Upstream: contrib/volumes.py, contrib/createserverext.py (inherits), nova/api/openstack/__init__.py
 * (_setup_ext_routes) at 2014.2.
 */
import { serverCreateRoutes } from "../../server-create/controller.js";
import type { NovaRoute } from "../../route.js";
import { serverListRoutes } from "./server-list.js";
import { serverRoutes } from "./servers.js";

const SERVERS = /\/servers(?=(?:\/\{id\})?$)/u;

const inherited = [...serverListRoutes, ...serverCreateRoutes, ...serverRoutes].filter(({ path }) =>
  SERVERS.test(path),
);

export const inheritedServerRoutes: readonly NovaRoute[] = [
  "/os-volumes_boot",
  "/os-create-server-ext",
].flatMap((name) => inherited.map((own) => ({ ...own, path: own.path.replace(SERVERS, name) })));
