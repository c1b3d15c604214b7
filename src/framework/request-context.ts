/**
 * Who asks, and under which request id: travels with every message and is the same for every hop of
 * one request (CTX-03). Upstream: nova/context.py (RequestContext) at 2014.2; messaging §D1.
 */
import { ValueError, type JsonObject } from "../python/index.js";

export interface ContextValues {
  readonly user_id?: string | null;
  readonly project_id?: string | null;
  readonly is_admin?: boolean;
  readonly read_deleted?: "no" | "yes" | "only";
  readonly roles?: readonly string[];
  readonly remote_address?: string | null;
  readonly timestamp?: string;
  readonly request_id: string;
  readonly auth_token?: string | null;
  readonly quota_class?: string | null;
  readonly user_name?: string | null;
  readonly project_name?: string | null;
  /** Only services of `catalog_types` are kept. */
  readonly service_catalog?: readonly JsonObject[];
  /** Default: `volume` and `volumev2`, which Nova calls for a user. */
  readonly catalog_types?: readonly string[];
  readonly instance_lock_checked?: boolean;
}

/** What of the catalog travels: only services that Nova calls on behalf of the user. */
const CATALOG_TYPES: readonly string[] = ["volume", "volumev2"];
const READ_DELETED: readonly string[] = ["no", "yes", "only"];

/** What a context keeps of a catalog; a catalog of which all is kept is not copied. */
export function keptOfCatalog(
  catalog: readonly JsonObject[],
  types: readonly unknown[] = CATALOG_TYPES,
): readonly JsonObject[] {
  const isKept = ({ type }: JsonObject): boolean => types.includes(type);
  return catalog.every(isKept) ? catalog : catalog.filter(isKept);
}

interface Roles {
  names: readonly string[];
}

const NO_CATALOG: readonly JsonObject[] = [];

/**
 * Who asks, and under which request id: it travels with every message of one request.
 *
 * @example
 * ```ts
 * import { RequestContext } from "novasim";
 *
 * const ctxt = new RequestContext({ request_id: "req-1", user_id: "ann", roles: ["member"] });
 * console.log(ctxt.is_admin, ctxt.elevated().is_admin); // false true
 * ```
 */
export class RequestContext {
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly is_admin: boolean;
  readonly read_deleted: "no" | "yes" | "only";
  readonly remote_address: string | null;
  readonly timestamp: string;
  readonly request_id: string;
  readonly auth_token: string | null;
  readonly quota_class: string | null;
  readonly user_name: string | null;
  readonly project_name: string | null;
  readonly service_catalog: readonly JsonObject[];
  readonly catalog_types: readonly string[];
  readonly instance_lock_checked: boolean;
  /** One list, which an elevated copy has in common with what it was copied from. */
  readonly #roles: Roles;
  #wire: JsonObject | undefined;

  /** @throws ValueError for a `read_deleted` that there is not */
  constructor(values: ContextValues, roles: Roles = { names: values.roles ?? [] }) {
    this.user_id = values.user_id ?? null;
    this.project_id = values.project_id ?? null;
    this.#roles = roles;
    this.is_admin = values.is_admin ?? this.roles.some((role) => role.toLowerCase() === "admin");
    this.read_deleted = values.read_deleted ?? "no";
    if (!READ_DELETED.includes(this.read_deleted)) {
      throw new ValueError(
        `read_deleted can only be one of 'no', 'yes' or 'only', not ${this.read_deleted}`,
      );
    }
    this.remote_address = values.remote_address ?? null;
    this.timestamp = values.timestamp ?? "";
    this.request_id = values.request_id;
    this.auth_token = values.auth_token ?? null;
    this.quota_class = values.quota_class ?? null;
    this.user_name = values.user_name ?? null;
    this.project_name = values.project_name ?? null;
    const { service_catalog = NO_CATALOG } = values;
    this.catalog_types = values.catalog_types ?? CATALOG_TYPES;
    this.service_catalog = keptOfCatalog(service_catalog, this.catalog_types);
    this.instance_lock_checked = values.instance_lock_checked ?? false;
  }

  get roles(): readonly string[] {
    return this.#roles.names;
  }

  /** The same request with other values. */
  with(values: Partial<ContextValues>): RequestContext {
    return new RequestContext({ ...(this as ContextValues), roles: this.roles, ...values });
  }

  /**
   * The same request with the powers of an admin. The copy is shallow, so the role that its list
   * gains is one of the original's as well (CTX-02), which `is_admin` is not.
   */
  elevated(readDeleted?: "no" | "yes" | "only"): RequestContext {
    if (!this.roles.includes("admin")) this.#roles.names = [...this.roles, "admin"];
    const read_deleted = readDeleted ?? this.read_deleted;
    const values = { ...(this as ContextValues), is_admin: true, read_deleted };
    return new RequestContext(values, this.#roles);
  }

  /** `to_dict`: what goes over the bus as `_context_*`. Made anew only when its roles have changed. */
  toWire(): JsonObject {
    if (this.#wire?.["roles"] === this.roles) return this.#wire;
    return (this.#wire = {
      user_id: this.user_id,
      project_id: this.project_id,
      is_admin: this.is_admin,
      read_deleted: this.read_deleted,
      roles: this.roles,
      remote_address: this.remote_address,
      timestamp: this.timestamp,
      request_id: this.request_id,
      auth_token: this.auth_token,
      quota_class: this.quota_class,
      user_name: this.user_name,
      service_catalog: this.service_catalog,
      project_name: this.project_name,
      instance_lock_checked: this.instance_lock_checked,
      tenant: this.project_id,
      user: this.user_id,
    });
  }
}

/** Rebuild a context; keys that it does not know are dropped, as upstream does with a warning. */
export function contextFromWire(wire: JsonObject): RequestContext {
  return new RequestContext(wire as unknown as ContextValues);
}
