/** Glance's REST library, for whoever needs images. Upstream: python-glanceclient 0.14. */
export { GlanceClient, type GlanceImage, type TokenBearer } from "./glance-client.js";
export {
  CommunicationError,
  HTTPBadRequest,
  HTTPForbidden,
  HTTPNotFound,
  HTTPServiceUnavailable,
  HTTPUnauthorized,
} from "./errors.js";
export type { ImageChanges } from "../image-meta.js";
