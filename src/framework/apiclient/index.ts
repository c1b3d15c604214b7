/** What every REST client of OpenStack is made of, whoever uses it: a service or a command. */
export { AccessInfo, type EndpointFilter } from "./access-info.js";
export {
  requestToken,
  type AuthRequest,
  type PasswordCredentials,
  type Requester,
} from "./token-request.js";
export { authorized, type TokenSource } from "./token-source.js";
export {
  AmbiguousEndpoints,
  AuthorizationFailure,
  BadRequest,
  ClientException,
  CommandError,
  Conflict,
  EndpointNotFound,
  Forbidden,
  fromResponse,
  HTTPNotImplemented,
  InstanceInErrorState,
  MethodNotAllowed,
  NotFound,
  NoUniqueMatch,
  OverLimit,
  RateLimit,
  Unauthorized,
} from "./exceptions.js";
export { asLibrary } from "./library.js";
