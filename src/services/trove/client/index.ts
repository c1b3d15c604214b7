/** Trove's REST library. Upstream: python-troveclient 1.0.7. */
export {
  quoteUserHost,
  TroveClient,
  type DatabaseEndpoint,
  type TrovePage,
} from "./trove-client.js";
