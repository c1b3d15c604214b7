/** Everything that nova-api answers below `/v2`; the reference page is made from it. */
import type { NovaApp } from "./app.js";
import { actionRoutes } from "./resources/actions.js";
import { externalEventRoutes } from "./resources/external-events.js";
import { serverCreateRoutes } from "./resources/server-create.js";
import { serverListRoutes } from "./resources/server-list.js";
import { serverRoutes } from "./resources/servers.js";
import type { NovaRoute } from "./route.js";
import { versionRoutes } from "./versions.js";

export function novaRoutes(app: NovaApp): NovaRoute[] {
  return [
    ...versionRoutes(app),
    ...serverListRoutes(app),
    ...serverCreateRoutes(app),
    ...serverRoutes(app),
    ...actionRoutes(app),
    ...externalEventRoutes(app),
  ];
}
