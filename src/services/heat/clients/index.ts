/** What Heat asks other services by. Upstream: heat/engine/clients at 2014.2. */
export { Clients } from "./clients.js";
export type { ClientContext, ClientEnv } from "./context.js";
export { clientFlags } from "./flags.js";
export { serialized, DEFERRED_STATUSES } from "./os/nova.js";
export { HeldServer } from "./server.js";
export { multipart, partsOf, type Part, type UserDataFormat } from "./user-data.js";
