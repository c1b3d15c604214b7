/**
 * Heat's exceptions, under upstream's names and with upstream's texts: heat/common/exception.py at
 * 2014.2. All are in one module, the one that remote callers may rebuild.
 */
import { UpstreamException } from "../../framework/index.js";
import type { Exception } from "../../python/index.js";

export class HeatException extends UpstreamException {
  static override readonly module: string = "heat.common.exception";
}

export class UserParameterMissing extends HeatException {
  static override readonly msg_fmt = "The Parameter (%(key)s) was not provided.";
}

export class UnknownUserParameter extends HeatException {
  static override readonly msg_fmt = "The Parameter (%(key)s) was not defined in template.";
}

export class InvalidTemplateVersion extends HeatException {
  static override readonly msg_fmt = "The template version is invalid: %(explanation)s";
}

export class InvalidTemplateSection extends HeatException {
  static override readonly msg_fmt = "The template section is invalid: %(section)s";
}

export class InvalidTemplateParameter extends HeatException {
  static override readonly msg_fmt = "The Parameter (%(key)s) has no attributes.";
}

export class InvalidTemplateAttribute extends HeatException {
  static override readonly msg_fmt =
    "The Referenced Attribute (%(resource)s %(key)s) is incorrect.";
}

export class InvalidTemplateReference extends HeatException {
  static override readonly msg_fmt =
    'The specified reference "%(resource)s" (in %(key)s) is incorrect.';
}

export class StackValidationFailed extends HeatException {
  static override readonly msg_fmt = "%(message)s";
}

export class InvalidSchemaError extends HeatException {
  static override readonly msg_fmt = "%(message)s";
}

export class RequestLimitExceeded extends HeatException {
  static override readonly msg_fmt = "Request limit exceeded: %(message)s";
}

/** `exception.Error`: whatever is in its words. */
export class HeatError extends HeatException {
  static override readonly msg_fmt: string = "%(message)s";

  constructor(message: string) {
    super({ message });
    this.name = "Error";
  }
}

export class AuthorizationFailure extends HeatException {
  static override readonly msg_fmt = "Authorization failed.";
}

export class FlavorMissing extends HeatException {
  static override readonly msg_fmt = "The Flavor ID (%(flavor_id)s) could not be found.";
}

export class ImageNotFound extends HeatException {
  static override readonly msg_fmt = "The Image (%(image_name)s) could not be found.";
}

export class UserKeyPairMissing extends HeatException {
  static override readonly msg_fmt = "The Key (%(key_name)s) could not be found.";
}

export class PhysicalResourceNameAmbiguity extends HeatException {
  static override readonly msg_fmt = "Multiple physical resources were found with name (%(name)s).";
}

/** Whose names are, for a remote caller, lost (bug 1397002). */
export class ResourcePropertyConflict extends HeatException {
  static override readonly msg_fmt =
    "Cannot define the following properties at the same time: %(props)s.";

  constructor(...props: readonly string[]) {
    super({ props: props.join(", ") });
  }
}

/** A resource's action has failed with `exc`, whose class and words are in the text. */
export class ResourceFailure extends HeatException {
  static override readonly msg_fmt = "%(exc_type)s: %(message)s";
  readonly exc: Exception;

  constructor(failure: Exception) {
    const exc = failure instanceof ResourceFailure ? failure.exc : failure;
    super({ exc_type: exc.name.replace(/_Remote$/u, ""), message: exc.message });
    this.exc = exc;
  }
}

export class MissingCredentialError extends HeatException {
  static override readonly msg_fmt = "Missing required credential: %(required)s";
}

export class Forbidden extends HeatException {
  static override readonly msg_fmt = "You are not authorized to complete this action.";
}

export class Invalid extends HeatException {
  static override readonly msg_fmt = "Data supplied was not valid: %(reason)s";
}

export class InvalidTenant extends HeatException {
  static override readonly msg_fmt =
    "Searching Tenant %(target)s from Tenant %(actual)s forbidden.";
}

export class StackNotFound extends HeatException {
  static override readonly msg_fmt = "The Stack (%(stack_name)s) could not be found.";
}

export class StackExists extends HeatException {
  static override readonly msg_fmt = "The Stack (%(stack_name)s) already exists.";
}

export class ResourceNotFound extends HeatException {
  static override readonly msg_fmt =
    "The Resource (%(resource_name)s) could not be found in Stack %(stack_name)s.";
}

export class ResourceTypeNotFound extends HeatException {
  static override readonly msg_fmt = "The Resource Type (%(type_name)s) could not be found.";
}

export class ResourceNotAvailable extends HeatException {
  static override readonly msg_fmt = "The Resource (%(resource_name)s) is not available.";
}

export class PhysicalResourceNotFound extends HeatException {
  static override readonly msg_fmt = "The Resource (%(resource_id)s) could not be found.";
}

export class NotSupported extends HeatException {
  static override readonly msg_fmt = "%(feature)s is not supported.";
}

export class ResourceActionNotSupported extends HeatException {
  static override readonly msg_fmt = "%(action)s is not supported for resource.";
}

export class ActionInProgress extends HeatException {
  static override readonly msg_fmt =
    "Stack %(stack_name)s already has an action (%(action)s) in progress.";
}

export class StopActionFailed extends HeatException {
  static override readonly msg_fmt =
    "Failed to stop stack (%(stack_name)s) on other engine (%(engine_id)s)";
}

export class EventSendFailed extends HeatException {
  static override readonly msg_fmt =
    "Failed to send message to stack (%(stack_name)s) on other engine (%(engine_id)s)";
}

/** Its text is a positional argument, which a remote caller loses. */
export class NotFound extends HeatException {
  static override readonly msg_fmt = "Not found";
}
