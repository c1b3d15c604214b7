/** Glance as Horizon asks it, by version 1. Upstream: openstack_dashboard/api/glance.py at 2014.2. */
import { asLibrary } from "../../../framework/apiclient/index.js";
import type { QueryValue } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { GlanceClient, type GlanceImage, type TokenBearer } from "../../glance/client/index.js";
import { SETTINGS } from "../settings.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";

export type { GlanceImage } from "../../glance/client/index.js";

export const glanceClient = (request: HorizonRequest): GlanceClient =>
  new GlanceClient(
    asLibrary(request.env.http, "python-glanceclient"),
    urlFor(request, "image").replace(/\/v\d[^/]*$/u, ""),
  );

/** Whose token Glance is asked with. */
export const bearer = ({ user }: HorizonRequest): TokenBearer => ({ auth_token: user.token.id });

export const imageGet = (request: HorizonRequest, id: string): Op<GlanceImage> =>
  glanceClient(request).get(bearer(request), id);

/** The newest thousand that match. Upstream: `image_list_detailed`. */
export const imageList = (
  request: HorizonRequest,
  filters: Readonly<Record<string, QueryValue>> = {},
): Op<GlanceImage[]> => {
  const limit = SETTINGS.api_result_limit;
  const sorted = { ...filters, sort_key: "created_at", sort_dir: "desc" };
  return glanceClient(request).list(bearer(request), sorted, { limit, pageSize: limit });
};
