/** Where the services of a cloud listen, as Keystone's catalog tells it. Upstream: DevStack's endpoints. */
import type { SeedService } from "../services/keystone/seed.js";

/** The host of everything that is not a compute host. */
export const CONTROLLER = "controller";

const at = (port: number, path = ""): string => `http://${CONTROLLER}:${String(port)}${path}`;

export const AUTH_URL = at(5000, "/v2.0");

export const CATALOG: readonly SeedService[] = [
  { type: "compute", name: "nova", url: at(8774, "/v2/$(tenant_id)s") },
  { type: "network", name: "neutron", url: at(9696) },
  { type: "image", name: "glance", url: at(9292) },
  { type: "identity", name: "keystone", url: AUTH_URL, adminUrl: at(35357, "/v2.0") },
];

/** The users as whom services ask Keystone and each other, in project `service`. */
export const SERVICE_USERS = ["nova", "neutron", "glance"] as const;
