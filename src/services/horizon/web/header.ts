/**
 * The projects in the header of a page: Keystone is asked for them once for each token and process. Upstream:
 * openstack_dashboard/context_processors.py at 2014.2; openstack_auth/user.py at 1.1.7.
 */
import type { Op } from "../../../kernel/index.js";
import { tenantList } from "../api/keystone.js";
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
