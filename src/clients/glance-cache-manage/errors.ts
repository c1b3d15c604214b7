/** What Glance's client of old raises, as far as a command tells one from the other. Upstream: glance/common/exception.py. */
import { Exception } from "../../python/index.js";

export class GlanceException extends Exception {
  static override readonly module: string = "glance.common.exception";
}

export class NotFound extends GlanceException {}

export class Forbidden extends GlanceException {}

export class NotAuthenticated extends GlanceException {
  constructor(message = "You are not authenticated.") {
    super(message);
  }
}

export class ClientConnectionError extends GlanceException {}
