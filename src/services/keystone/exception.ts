/**
 * Keystone's exceptions, under upstream's names and with upstream's texts. A SecurityError keeps its
 * own text to itself, so as not to tell a stranger whether a user or a password exists. Upstream:
 * keystone/exception.py.
 */
import { UpstreamException } from "../../framework/index.js";
import type { Json } from "../../python/index.js";

export class KeystoneException extends UpstreamException {
  static override readonly module: string = "keystone.exception";
  /** Beside code and message in a body, where it is not the usual words of the code. */
  readonly title: string | undefined = undefined;
}

/** A body lacks something, or has what makes no sense. */
export class ValidationError extends KeystoneException {
  static override readonly msg_fmt: string =
    "Expecting to find %(attribute)s in %(target)s - the server could not comply with the request " +
    "since it is either malformed or otherwise incorrect. The client is assumed to be in error.";
  static override readonly code: number = 400;
}

export class SchemaValidationError extends ValidationError {
  static override readonly msg_fmt = "%(detail)s";
}

export class StringLengthExceeded extends ValidationError {
  static override readonly msg_fmt =
    "String length exceeded.The length of string '%(string)s' exceeded the limit of column " +
    "%(type)s(CHAR(%(length)d)).";
}

export class ValidationSizeError extends KeystoneException {
  static override readonly msg_fmt =
    "Request attribute %(attribute)s must be less than or equal to %(size)i. The server could not " +
    "comply with the request because the attribute size is invalid (too large). " +
    "The client is assumed to be in error.";
  static override readonly code = 400;
}

export class ValidationTimeStampError extends KeystoneException {
  static override readonly msg_fmt =
    "Timestamp not in expected format. The server could not comply with the request since it is " +
    "either malformed or otherwise incorrect. The client is assumed to be in error.";
  static override readonly code = 400;
}

export class PasswordVerificationError extends KeystoneException {
  static override readonly msg_fmt =
    "The password length must be less than or equal to %(size)i. The server could not comply with " +
    "the request because the password is invalid.";
  static override readonly code = 403;
}

export class RegionDeletionError extends KeystoneException {
  static override readonly msg_fmt =
    "Unable to delete region %(region_id)s because it or its child regions have associated endpoints.";
  static override readonly code = 403;
}

/** Whatever is wrong with who asks: always the same words. */
export class Unauthorized extends KeystoneException {
  static override readonly msg_fmt: string = "The request you have made requires authentication.";
  static override readonly code: number = 401;
}

/** What a plug-in of authentication says goes into the body, and then there is no challenge. */
export class AuthMethodNotSupported extends Unauthorized {
  static override readonly msg_fmt = "Attempted to authenticate with an unsupported method.";
  readonly authentication: Json = { methods: ["external", "password", "token"] };
}

export class Forbidden extends KeystoneException {
  static override readonly msg_fmt: string =
    "You are not authorized to perform the requested action.";
  static override readonly code = 403;
}

export class TrustUseLimitReached extends Forbidden {
  static override readonly msg_fmt = "No remaining uses for trust: %(trust_id)s";
}

export class ForbiddenAction extends Forbidden {
  static override readonly msg_fmt =
    "You are not authorized to perform the requested action: %(action)s";
}

/** Upstream has one for each kind of thing: UserNotFound, ProjectNotFound ... */
export class NotFound extends KeystoneException {
  static override readonly msg_fmt: string = "Could not find %(what)s: %(id)s";
  static override readonly code = 404;
}

/** A token by itself, as several callers turn it into a 401. */
export class TokenNotFound extends NotFound {
  static override readonly msg_fmt = "Could not find token: %(token_id)s";
}

/** No such path, or no such method on it: upstream's router knows no 405. */
export class NoRoute extends KeystoneException {
  static override readonly msg_fmt = "The resource could not be found.";
  static override readonly code = 404;
}

/** By itself, as it is a 401 to who asks for a token by it. */
export class TrustNotFound extends NotFound {
  static override readonly msg_fmt = "Could not find trust: %(trust_id)s";
}

export class Conflict extends KeystoneException {
  static override readonly msg_fmt = "Conflict occurred attempting to store %(type)s - %(details)s";
  static override readonly code = 409;
}

/** Raised in front of everything, where nobody turns it into a body. */
export class RequestTooLarge extends KeystoneException {
  static override readonly msg_fmt = "Request is too large.";
  static override readonly code = 413;
  override readonly title = "Request is too large.";
}

/** Whatever went wrong is for the log alone. */
export class UnexpectedError extends KeystoneException {
  static override readonly msg_fmt =
    "An unexpected error prevented the server from fulfilling your request.";
  static override readonly code = 500;
}

export class Gone extends KeystoneException {
  static override readonly msg_fmt =
    "The service you have requested is no longer available on this server.";
  static override readonly code = 410;
}

export class NotImplemented extends KeystoneException {
  static override readonly msg_fmt = "The action you have requested has not been implemented.";
  static override readonly code = 501;
}
