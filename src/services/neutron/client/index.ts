/** Neutron's REST library, for whoever needs networks and ports. Upstream: python-neutronclient 2.3. */
export { NeutronClient, userToken, type NeutronClientOptions } from "./neutron-client.js";
export { NeutronClientException } from "./errors.js";
