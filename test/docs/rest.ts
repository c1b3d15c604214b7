/** Every route of every REST service, as the cloud knows them. */
export { restServices, type RouteLine } from "../../src/cloud/protocol/rest.js";
