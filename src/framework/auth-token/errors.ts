/**
 * What the middleware raises and catches itself; nobody outside sees more than a 401 of it. Upstream:
 * keystonemiddleware 1.2.0 `auth_token.py`, keystoneclient/exceptions.py at 0.11.1.
 */
import { Exception } from "../../python/index.js";

/** Keystone says that a token is not good. */
export class InvalidToken extends Exception {
  static override readonly module: string = "keystonemiddleware.auth_token";
  override readonly name: string = "InvalidToken";
}

/** Keystone answered, but not as it should. */
export class ServiceError extends Exception {
  static override readonly module: string = "keystonemiddleware.auth_token";
  override readonly name: string = "ServiceError";
}

/** Keystone did not answer, or did not let the service in. Nothing is known about the token. */
export class NetworkError extends Exception {
  static override readonly module: string = "keystonemiddleware.auth_token";
  override readonly name: string = "NetworkError";
}

/** There are no certificates to check signatures with. */
export class CertificateConfigError extends Exception {
  static override readonly module: string = "keystoneclient.exceptions";
  override readonly name: string = "CertificateConfigError";
}

/** The session got no answer to what it asks for, be it that it could not even log in. */
export class SessionError extends Exception {
  static override readonly module: string = "keystoneclient.openstack.common.apiclient.exceptions";
  override readonly name: string = "ClientException";
}
