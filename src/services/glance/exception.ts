/**
 * What Glance's domain and database raise, under upstream's names and with upstream's texts; each API
 * makes a fault of HTTP out of it. Upstream: glance/common/exception.py at 2014.2.
 */
import { UpstreamException } from "../../framework/index.js";

class GlanceException extends UpstreamException {
  static override readonly module: string = "glance.common.exception";
}

export class NotFound extends GlanceException {
  static override readonly msg_fmt = "An object with the specified identifier was not found.";
}

export class Duplicate extends GlanceException {
  static override readonly msg_fmt: string = "An object with the same identifier already exists.";
}

export class Conflict extends GlanceException {
  static override readonly msg_fmt =
    "An object with the same identifier is currently being operated on.";
}

export class Forbidden extends GlanceException {
  static override readonly msg_fmt: string = "You are not authorized to complete this action.";
}

export class ForbiddenPublicImage extends Forbidden {}

export class ReadonlyProperty extends Forbidden {
  static override readonly msg_fmt = "Attribute '%(property)s' is read-only.";
}

export class ReservedProperty extends Forbidden {
  static override readonly msg_fmt = "Attribute '%(property)s' is reserved.";
}

export class Invalid extends GlanceException {
  static override readonly msg_fmt: string = "Data supplied was not valid.";
}

export class InvalidParameterValue extends Invalid {
  static override readonly msg_fmt =
    "Invalid value '%(value)s' for parameter '%(param)s': %(extra_msg)s";
}

export class InvalidSortKey extends Invalid {
  static override readonly msg_fmt = "Sort key supplied was not valid.";
}

export class InvalidFilterRangeValue extends Invalid {
  static override readonly msg_fmt = "Unable to filter using the specified range.";
}

export class InvalidObject extends Invalid {
  static override readonly msg_fmt =
    "Provided object does not match schema '%(schema)s': %(reason)s";
}

export class InvalidImageStatusTransition extends Invalid {
  static override readonly msg_fmt =
    "Image status transition from %(cur_status)s to %(new_status)s is not allowed";
}

export class InvalidTaskStatusTransition extends Invalid {
  static override readonly msg_fmt =
    "Status transition from %(cur_status)s to %(new_status)s is not allowed";
}

/** A place that cannot be, as Glance says it; stores have one of their own. */
export class BadStoreUri extends GlanceException {
  static override readonly msg_fmt = "The Store URI was malformed.";
}

export class LimitExceeded extends GlanceException {
  static override readonly msg_fmt: string = "The request returned a 413 Request Entity Too Large.";
}

const limit = (what: string): string =>
  `The limit has been exceeded on the number of allowed image ${what}. ` +
  "Attempted: %(attempted)s, Maximum: %(maximum)s";

export class ImagePropertyLimitExceeded extends LimitExceeded {
  static override readonly msg_fmt = limit("properties");
}

export class ImageMemberLimitExceeded extends LimitExceeded {
  static override readonly msg_fmt = limit("members for this image");
}

export class ImageTagLimitExceeded extends LimitExceeded {
  static override readonly msg_fmt = limit("tags");
}

export class ImageLocationLimitExceeded extends LimitExceeded {
  static override readonly msg_fmt = limit("locations");
}

export class StorageQuotaFull extends GlanceException {
  static override readonly msg_fmt =
    "The size of the data %(image_size)s will exceed the limit. %(remaining)s bytes remaining.";
}

/** A body that runs past what is left. */
export class ImageSizeLimitExceeded extends GlanceException {
  static override readonly msg_fmt = "The provided image is too large.";
}
