/**
 * All projects, by whichever version of Keystone's API is spoken. Upstream:
 * openstackclient/identity/client.py (IdentityClientv2_0.projects), 0.4.1.
 */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { TENANTS } from "../../keystone/identity-api.js";
import type { OpenStackClients } from "../clients.js";
import { PROJECTS_V3 } from "../identity-v3.js";

export const allProjects = (clients: OpenStackClients): Op<JsonObject[]> =>
  clients.identityVersion === "3"
    ? clients.identityV3.list(PROJECTS_V3)
    : clients.identity.list(TENANTS);
