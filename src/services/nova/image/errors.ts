/**
 * Glance's errors in Nova's words. Upstream: nova/image/glance.py (_translate_image_exception,
 * _translate_plain_exception).
 */
import type { Exception } from "../../../python/index.js";
import {
  HTTPBadRequest,
  HTTPForbidden,
  HTTPNotFound,
  HTTPUnauthorized,
} from "../../glance/client/index.js";
import { Forbidden, ImageNotAuthorized, ImageNotFound, Invalid, NotFound } from "../exception.js";

/** When one image was asked for; what is not known comes as it is. */
export function imageError(error: Exception, imageId: string): Exception {
  if (isRefusal(error)) return new ImageNotAuthorized({ image_id: imageId });
  if (error instanceof HTTPNotFound) return new ImageNotFound({ image_id: imageId });
  return error instanceof HTTPBadRequest ? new Invalid({}, error.message) : error;
}

/** When it was about no image in particular. */
export function plainError(error: Exception): Exception {
  if (isRefusal(error)) return new Forbidden({}, error.message);
  if (error instanceof HTTPNotFound) return new NotFound({}, error.message);
  return error instanceof HTTPBadRequest ? new Invalid({}, error.message) : error;
}

const isRefusal = (error: Exception): boolean =>
  error instanceof HTTPForbidden || error instanceof HTTPUnauthorized;
