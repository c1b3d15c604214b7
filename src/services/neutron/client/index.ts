/** Neutron's REST library, for whoever needs networks and ports. Upstream: python-neutronclient 2.3. */
export {
  NeutronClient,
  userToken,
  type Collection,
  type NeutronClientOptions,
} from "./neutron-client.js";
export { findIdByNameOrId } from "./find.js";
export {
  NeutronClientException,
  NeutronClientNoUniqueMatch,
  noAuthUrl,
  Unauthorized,
} from "./errors.js";
