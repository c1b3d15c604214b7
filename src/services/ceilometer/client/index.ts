/** Ceilometer as its clients see it. Upstream: python-ceilometerclient 1.0.12. */
export {
  CeilometerClient,
  type AggregateTerm,
  type MeteringEndpoint,
} from "./ceilometer-client.js";
export { queryTerms, type QueryTerm } from "./options.js";
export { ServiceSession, type ServiceCredentials } from "./service-session.js";
