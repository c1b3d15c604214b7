/** Nova's REST library, for commands, programs and other services. Upstream: python-novaclient 2.20. */
export { NovaClient } from "./nova-client.js";
export { type ComputeEndpoint } from "./manager.js";
export { NovaHttpClient, type NovaHttpClientOptions } from "./http-client.js";
export type { NewInterface } from "./interfaces.js";
export { bootBody, type Nic } from "./boot-body.js";
export type {
  CreatedServer,
  Flavor,
  Image,
  Link,
  OnTheWire,
  Resource,
  Server,
  ServerEvent,
  ServerFilters,
  ServiceEntry,
} from "./resources.js";
