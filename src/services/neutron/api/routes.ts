/**
 * Everything that neutron-server answers with a token. Most of it follows from the resources.
 * Upstream: neutron/api/v2/router.py.
 */
import { done } from "../../../kernel/index.js";
import { respond } from "../../../http/index.js";
import { Controller } from "./controller.js";
import { extensionRoutes } from "./extensions/extensions.js";
import { loadBalancingRoutes } from "./load-balancing.js";
import { route } from "./policy.js";
import { quotaRoutes } from "./quotas.js";
import { RESOURCES, type Resource } from "./resource.js";
import { routerActionRoutes } from "./router-actions.js";
import { dhcpSchedulerRoutes } from "./schedulers/dhcp.js";
import { l3SchedulerRoutes } from "./schedulers/l3.js";
import { lbaasSchedulerRoutes } from "./schedulers/lbaas.js";
import { resourceIndex } from "./versions.js";

function routesOf(resource: Resource) {
  const { creates, updates, deletes, member, path } = resource;
  const controller = new Controller(resource);
  const all = `/v2.0/${path}` as const;
  const one = `${all}/{id}` as const;
  const routes = [
    route("GET", all, { each: `get_${member}` }, (call) => controller.index(call)),
    route("GET", one, { each: `get_${member}` }, (call) => controller.show(call)),
  ];
  if (creates !== undefined) {
    const policy = { inside: `create_${member}` } as const;
    routes.push(route("POST", all, policy, (call) => controller.create(call, creates)));
  }
  if (updates !== undefined) {
    const policy = { inside: `update_${member}` } as const;
    routes.push(route("PUT", one, policy, (call) => controller.update(call, updates)));
  }
  if (deletes !== undefined) {
    const policy = { inside: `delete_${member}` } as const;
    routes.push(route("DELETE", one, policy, (call) => controller.delete(call, deletes)));
  }
  return routes;
}

export const neutronRoutes = [
  ...RESOURCES.flatMap((resource) => routesOf(resource)),
  ...quotaRoutes,
  ...routerActionRoutes,
  ...dhcpSchedulerRoutes,
  ...l3SchedulerRoutes,
  ...loadBalancingRoutes,
  ...lbaasSchedulerRoutes,
  ...extensionRoutes,
  route("GET", "/v2.0", null, ({ app }) => done(respond(200, resourceIndex(app.base)))),
];
