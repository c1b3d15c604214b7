/**
 * Keystone's exceptions, under upstream's names and with upstream's texts. Where one would tell a
 * stranger whether a user or a password exists, it says nothing. Upstream: keystone/exception.py.
 */
import { UpstreamException } from "../../framework/index.js";

export class KeystoneException extends UpstreamException {
  static override readonly module: string = "keystone.exception";
}

/** A body lacks something, or has what makes no sense. */
export class ValidationError extends KeystoneException {
  static override readonly msg_fmt: string =
    "Expecting to find %(attribute)s in %(target)s - the server could not comply with the request " +
    "since it is either malformed or otherwise incorrect. The client is assumed to be in error.";
  static override readonly code: number = 400;
}

export class ValidationSizeError extends KeystoneException {
  static override readonly msg_fmt =
    "Request attribute %(attribute)s must be less than or equal to %(size)i. The server could not " +
    "comply with the request because the attribute size is invalid (too large). " +
    "The client is assumed to be in error.";
  static override readonly code = 400;
}

/** Whatever is wrong with who asks: always the same words. */
export class Unauthorized extends KeystoneException {
  static override readonly msg_fmt: string = "The request you have made requires authentication.";
  static override readonly code: number = 401;
}

export class AuthMethodNotSupported extends Unauthorized {
  static override readonly msg_fmt = "Attempted to authenticate with an unsupported method.";
}

export class ForbiddenAction extends KeystoneException {
  static override readonly msg_fmt =
    "You are not authorized to perform the requested action: %(action)s";
  static override readonly code = 403;
}

/** Upstream has one for each kind of thing: UserNotFound, ProjectNotFound ... */
export class NotFound extends KeystoneException {
  static override readonly msg_fmt = "Could not find %(what)s: %(id)s";
  static override readonly code = 404;
}

export class Conflict extends KeystoneException {
  static override readonly msg_fmt =
    "Conflict occurred attempting to store %(type)s - Duplicate Entry";
  static override readonly code = 409;
}

export class Gone extends KeystoneException {
  static override readonly msg_fmt = "Revocation lists are not kept: tokens are revoked by event";
  static override readonly code = 410;
}

export class NotImplemented extends KeystoneException {
  static override readonly msg_fmt = "The action you have requested has not been implemented.";
  static override readonly code = 501;
}
