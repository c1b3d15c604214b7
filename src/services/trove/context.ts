/**
 * Trove's contexts, in memory and on the wire: the user's token and catalog go with every message, since
 * whoever works for the user asks other services with them; so does the page that was asked for. Upstream:
 * trove/common/context.py (TroveContext), trove/openstack/common/context.py at 2014.2.
 */
import type { Serializer } from "../../bus/index.js";
import { RequestContext, type ContextValues } from "../../framework/index.js";
import type { JsonObject } from "../../python/index.js";

/** What a token's catalog may have in it: all of it is kept. */
export const CATALOG_TYPES: readonly string[] = [
  ...["compute", "computev3", "volume", "volumev2", "image", "network", "object-store"],
  ...["identity", "ec2", "s3", "metering", "orchestration", "cloudformation", "database"],
];

interface Page {
  readonly limit?: string | null;
  readonly marker?: string | null;
}

export class TroveContext extends RequestContext {
  readonly limit: string | null;
  readonly marker: string | null;

  constructor({ limit, marker, ...values }: ContextValues & Page) {
    super({ ...values, catalog_types: CATALOG_TYPES });
    this.limit = limit ?? null;
    this.marker = marker ?? null;
  }

  /** The project whose things it is about, as it stands in texts and URLs. */
  get tenant(): string {
    return this.project_id ?? "None";
  }
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const toWire = (ctxt: RequestContext): JsonObject => {
  const page = ctxt instanceof TroveContext ? ctxt : { limit: null, marker: null };
  return {
    user: ctxt.user_id,
    tenant: ctxt.project_id,
    domain: null,
    user_domain: null,
    project_domain: null,
    is_admin: ctxt.is_admin,
    read_only: false,
    show_deleted: false,
    auth_token: ctxt.auth_token,
    request_id: ctxt.request_id,
    instance_uuid: null,
    user_identity: `${ctxt.user_id ?? "-"} ${ctxt.project_id ?? "-"} - - -`,
    limit: page.limit,
    marker: page.marker,
    service_catalog: ctxt.service_catalog,
  };
};

export const troveSerializer: Serializer<RequestContext> = {
  serializeContext: toWire,
  deserializeContext: (wire) =>
    new TroveContext({
      request_id: text(wire["request_id"]) ?? "",
      user_id: text(wire["user"]),
      project_id: text(wire["tenant"]),
      is_admin: wire["is_admin"] === true,
      auth_token: text(wire["auth_token"]),
      limit: text(wire["limit"]),
      marker: text(wire["marker"]),
      service_catalog: (wire["service_catalog"] ?? []) as readonly JsonObject[],
    }),
  deserializeEntity: (_ctxt, value) => value,
};

/** Trove's own context of a message that has been taken. */
export const ofTrove = (ctxt: RequestContext): TroveContext =>
  ctxt instanceof TroveContext
    ? ctxt
    : new TroveContext({ ...(ctxt as ContextValues), roles: ctxt.roles });
