/** What a user types, and the same for programs. */
export { readCommand, runCommand, type CommandReading, type CommandRun } from "./command-line.js";
export type { CommandResult } from "./shell/console.js";
export { Folder } from "./shell/folder.js";
export type { CommandName, ParsedCommand } from "./shell/program.js";
export { asWord, referred, UnknownName, type NameResolver } from "./shell/names.js";
export { bodyText } from "./raw/curl.js";
export { type RawAnswer } from "./raw/answer.js";
export { exchange, type RawRequest } from "./raw/request.js";
export { ADDRESS, type CatalogUrl, type CatalogUrls } from "./raw/url.js";
export { type ClientUser } from "./user.js";
export { Browser, type ActResult, type BrowserOptions } from "./browser/browser.js";
export type { Seen } from "./browser/seen.js";
export { actText, type Act, type Entry, type Through } from "./browser/act.js";
export { operatorRpc } from "./rpc/operator.js";
export { Session } from "./openstack/session.js";
export { Transport } from "./openstack/transport.js";
export { NovaApi } from "./nova/api.js";
export type { BootOptions } from "./nova/boot-options.js";
export type {
  CreatedServer,
  Flavor,
  Image,
  Link,
  Resource,
  Server,
  ServerFilters,
  ServiceEntry,
} from "../services/nova/client/index.js";
export {
  AmbiguousEndpoints,
  AuthorizationFailure,
  BadRequest,
  ClientException,
  CommandError,
  Conflict,
  EndpointNotFound,
  Forbidden,
  HTTPNotImplemented,
  InstanceInErrorState,
  MethodNotAllowed,
  NotFound,
  NoUniqueMatch,
  OverLimit,
  RateLimit,
  Unauthorized,
} from "../framework/apiclient/index.js";
