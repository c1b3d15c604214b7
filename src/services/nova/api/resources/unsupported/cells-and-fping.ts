/**
 * What nova-api knows of and cannot do where there are no cells and no fping program. Upstream: contrib/cells.py,
 * contrib/cell_capacities.py, contrib/fping.py, nova/api/openstack/common.py (check_cells_enabled) at 2014.2.
 */
import { HttpFault } from "../../../../../http/index.js";
import { route, type NovaRoute } from "../../route.js";

/** Said before anybody is asked whether the caller may. */
const withoutCells = (): never => {
  throw new HttpFault(501, "Cells is not enabled.");
};

const withoutFping = (): HttpFault => new HttpFault(503, "fping utility is not found.");

const CELL = "/os-cells/{id}";
const FPING = "compute_extension:fping";
const FPING_ALL = "compute_extension:fping:all_tenants";

export const cellRoutes: readonly NovaRoute[] = [
  route("GET", "/os-cells", null, withoutCells),
  route("POST", "/os-cells", null, withoutCells),
  route("GET", "/os-cells/detail", null, withoutCells),
  route("GET", "/os-cells/info", null, withoutCells),
  route("GET", "/os-cells/capacities", null, withoutCells),
  route("POST", "/os-cells/sync_instances", null, withoutCells),
  route("GET", CELL, null, withoutCells),
  route("PUT", CELL, null, withoutCells),
  route("DELETE", CELL, null, withoutCells),
  route("GET", `${CELL}/capacities`, null, withoutCells),
];

export const fpingRoutes: readonly NovaRoute[] = [
  route(
    "GET",
    "/os-fping",
    { inside: [FPING, FPING_ALL] },
    function* ({ ctxt, enforce, request: { query } }) {
      enforce(ctxt, query.get("all_tenants") === undefined ? FPING : FPING_ALL);
      throw withoutFping();
    },
  ),
  route("GET", "/os-fping/{id}", FPING, () => {
    throw withoutFping();
  }),
];
