/** REST in the simulation: requests, routes, faults, status codes. */
export { Network, type NetworkOptions } from "./network.js";
export { type NetworkTap, type Party } from "./tap.js";
export { addressOf } from "./address.js";
export { HttpClient, type RequestOptions } from "./client.js";
export { HeldBody } from "./bodies/held-body.js";
export { IncompleteBody, Sender } from "./bodies/sender.js";
export { SharedSocket } from "./shared-socket.js";
export { HttpServer, raisingBehind, type Application, type HttpServerOptions } from "./server.js";
export { Router, type Addressed, type Match, type ParametersOf, type Params } from "./router.js";
export { HttpFault, explanation, reason } from "./fault.js";
export { plainFault } from "./plain-fault.js";
export type { Arrival, Listening, Raised } from "./arrival.js";
export {
  respond,
  type DataBody,
  type DataPart,
  type Entity,
  type Headers,
  type HttpRequest,
  type HttpResponse,
} from "./message.js";
export { Query, parseQuery, unquote, type QueryValue } from "./query.js";
export {
  AddressInUse,
  ConnectionError,
  ConnectionRefused,
  InvalidUrl,
  ReadTimeout,
  exceeded,
  type Destination,
} from "./errors.js";
