/** Glance's REST library, for whoever needs images. Upstream: python-glanceclient 0.14. */
export {
  GlanceClient,
  type GlanceImage,
  type PageOptions,
  type TokenBearer,
} from "./glance-client.js";
export { GlanceServers, type GlanceServersOptions, type ImagesMethod } from "./glance-servers.js";
export {
  GlanceHttpError,
  HTTPBadRequest,
  HTTPForbidden,
  HTTPNotFound,
  HTTPUnauthorized,
} from "./errors.js";
export type { ImageChanges } from "../image-meta.js";
