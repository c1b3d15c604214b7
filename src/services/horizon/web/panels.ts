/**
 * What stands around a page's main block and asks services as well: the projects in the header, once for each token and
 * process, and the panels of the sidebar that look for extensions of Neutron, unguarded, so that no page is shown while
 * Neutron does not answer. Upstream: horizon/templatetags/horizon.py, openstack_dashboard/context_processors.py,
 * openstack_dashboard/dashboards/project/{loadbalancers,firewalls,vpn}/panel.py at 2014.2; openstack_auth/user.py at 1.1.7.
 */
import type { Op } from "../../../kernel/index.js";
import { tenantList } from "../api/keystone.js";
import { networkExtensions } from "../api/neutron.js";
import { quietlyNothing } from "./quietly.js";
import type { HorizonRequest } from "./request.js";

/** Upstream: `authorized_tenants`. */
export function* projectList(request: HorizonRequest): Op<void> {
  const { login, projects } = request;
  if (login === undefined || projects.has(login.token.id)) return;
  const found = yield* quietlyNothing(request, "Unable to retrieve project list.", () =>
    tenantList(request, login),
  );
  if (found !== undefined) projects.set(login.token.id, found);
}

/** Load balancers, firewalls and VPNs are shown where Neutron has them. */
export function* sidebar(request: HorizonRequest): Op<void> {
  if (request.login?.serviceEnabled("network") === true) yield* networkExtensions(request);
}
