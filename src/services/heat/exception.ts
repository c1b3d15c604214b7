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
