/** REST in the simulation: requests, routes, faults, status codes. */
export { Network, type NetworkOptions } from "./network.js";
export { type Partition } from "./partition.js";
export { HttpClient, type RequestOptions } from "./client.js";
export { SharedSocket } from "./shared-socket.js";
export { HttpServer, type Application, type HttpServerOptions } from "./server.js";
export { Router, type Addressed, type Match, type ParametersOf, type Params } from "./router.js";
export { HttpFault, reason } from "./fault.js";
export {
  respond,
  type DataBody,
  type Headers,
  type HttpRequest,
  type HttpResponse,
} from "./message.js";
export { Query, parseQuery, type QueryValue } from "./query.js";
export {
  AddressInUse,
  ConnectionError,
  ConnectionRefused,
  ConnectionReset,
  InvalidUrl,
  ReadTimeout,
} from "./errors.js";
