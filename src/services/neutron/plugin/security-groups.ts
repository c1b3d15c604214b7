/**
 * Security groups, their rules, and who is in them. A tenant's group `default` is made when it is
 * first needed: it lets everything out and its own members in. Upstream: db/securitygroups_db.py.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  dictOrder,
  PythonTypeError,
  str,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import {
  SecurityGroupCannotRemoveDefault,
  SecurityGroupCannotUpdateDefault,
  SecurityGroupInUse,
  SecurityGroupNotFound,
} from "../security-group-errors.js";
import { AdminRequired } from "../errors.js";
import type { SecurityGroup, SecurityGroupRule } from "../db/rows.js";
import type { NeutronApp } from "./app.js";
import { requiredText, textColumn } from "./columns.js";
import { textsOf, type Filters } from "./ports/port-query.js";
import { isVisible } from "./visibility.js";

const DEFAULT = "default";

export function ruleView(row: Row<SecurityGroupRule>): JsonObject {
  return {
    id: row.uuid,
    tenant_id: row.tenant_id,
    security_group_id: row.security_group_id,
    ethertype: row.ethertype,
    direction: row.direction,
    protocol: row.protocol,
    port_range_min: row.port_range_min,
    port_range_max: row.port_range_max,
    remote_ip_prefix: row.remote_ip_prefix,
    remote_group_id: row.remote_group_id,
  };
}

export class SecurityGroups {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  /** @throws SecurityGroupNotFound */
  row(ctxt: RequestContext, id: Json): Row<SecurityGroup> {
    const row = typeof id === "string" ? this.#app.database.securityGroups.get(id) : undefined;
    if (row !== undefined && isVisible(ctxt, row)) return row;
    throw new SecurityGroupNotFound({ id: str(id) });
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return this.view(this.row(ctxt, id));
  }

  /** Whoever looks gets a `default` group: for the tenant that is asked for, else for its own. */
  list(ctxt: RequestContext, filters: Filters): JsonObject[] {
    const { securityGroups } = this.#app.database;
    const [asked] = textsOf(filters, "tenant_id") ?? [];
    if (ctxt.project_id !== null) this.#ensureDefaultFor(ctxt, asked ?? ctxt.project_id);
    const tenants = ctxt.is_admin ? textsOf(filters, "tenant_id") : [ctxt.project_id ?? ""];
    const rows =
      tenants?.length === 1
        ? securityGroups.find({ tenant_id: tenants[0] as string })
        : securityGroups.find();
    return rows.map((row) => this.view(row));
  }

  /** Nobody but an admin makes one for somebody else. @throws AdminRequired */
  #ensureDefaultFor(ctxt: RequestContext, tenant: string): void {
    const known = this.#app.database.securityGroups.first({ tenant_id: tenant, name: DEFAULT });
    if (known !== undefined && isVisible(ctxt, known)) return;
    if (!ctxt.is_admin && tenant !== ctxt.project_id) {
      throw new AdminRequired({ reason: "Cannot create resource for another tenant" });
    }
    this.ensureDefault(tenant);
  }

  view(row: Row<SecurityGroup>): JsonObject {
    const rules = this.#app.database.securityGroupRules.find({ security_group_id: row.uuid });
    return {
      id: row.uuid,
      name: row.name,
      tenant_id: row.tenant_id,
      description: row.description,
      security_group_rules: rules.map(ruleView),
    };
  }

  /** The id of the tenant's `default` group, which is made if there is none. */
  ensureDefault(tenantId: string): string {
    const { securityGroups } = this.#app.database;
    const known = securityGroups.first({ tenant_id: tenantId, name: DEFAULT });
    return (known ?? this.#insert(tenantId, DEFAULT, DEFAULT)).uuid;
  }

  /** The name `default` is refused before this. */
  *create(_ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const tenant = requiredText(attrs["tenant_id"]);
    const name = textColumn(attrs["name"] ?? null);
    const description = textColumn(attrs["description"] ?? null);
    this.ensureDefault(tenant);
    return this.view(this.#insert(tenant, name, description));
  }

  /** @throws SecurityGroupCannotUpdateDefault for another name of the `default` group */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const row = this.row(ctxt, id);
    const { name, description } = attrs;
    if (name !== undefined && row.name === DEFAULT) throw new SecurityGroupCannotUpdateDefault();
    this.#app.database.securityGroups.update(id, {
      ...(name === undefined ? {} : { name: textColumn(name) }),
      ...(description === undefined ? {} : { description: textColumn(description) }),
    });
    return this.get(ctxt, id);
  }

  /** @throws SecurityGroupInUse, SecurityGroupCannotRemoveDefault for all but admins */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { securityGroups, securityGroupPortBindings, securityGroupRules } = this.#app.database;
    const row = this.row(ctxt, id);
    if (securityGroupPortBindings.first({ security_group_id: id }) !== undefined) {
      throw new SecurityGroupInUse({ id });
    }
    if (row.name === DEFAULT && !ctxt.is_admin) throw new SecurityGroupCannotRemoveDefault();
    for (const { uuid } of securityGroupRules.find({ security_group_id: id })) {
      securityGroupRules.remove(uuid);
    }
    securityGroups.remove(id);
  }

  /**
   * The groups that a new port gets: those named, or its tenant's `default`; a port of the network
   * itself gets none. @throws PythonTypeError for a group that is not there, or not the tenant's
   */
  forNewPort(ctxt: RequestContext, attrs: JsonObject): string[] {
    if ((attrs["device_owner"] as string).startsWith("network:")) return [];
    const fallback = this.ensureDefault(attrs["tenant_id"] as string);
    const asked = attrs["security_groups"] as readonly string[] | null | undefined;
    return this.forPort(ctxt, asked ?? [fallback], attrs);
  }

  /**
   * Those named, as a set, if they are there: the tenant's, where the request says whose port it is.
   * Upstream means to say which is not, and asks a set for its first.
   * @throws PythonTypeError
   */
  forPort(ctxt: RequestContext, ids: readonly string[] | null, attrs: JsonObject): string[] {
    const owner = attrs["device_owner"];
    if (ids === null || (typeof owner === "string" && owner.startsWith("network:"))) return [];
    const tenant = attrs["tenant_id"];
    const { securityGroups } = this.#app.database;
    for (const id of ids) {
      const row = securityGroups.get(id);
      const good = row !== undefined && isVisible(ctxt, row);
      if (good && (tenant === undefined || row.tenant_id === tenant)) continue;
      throw new PythonTypeError("'set' object does not support indexing");
    }
    return dictOrder([...new Set(ids)]);
  }

  ofPort(portId: string): string[] {
    return this.#app.database.securityGroupPortBindings
      .find({ port_id: portId })
      .map(({ security_group_id }) => security_group_id);
  }

  /** `portId` is in exactly these groups from now on, with these addresses. */
  assign(portId: string, groups: readonly string[]): void {
    const { securityGroupPortBindings } = this.#app.database;
    this.unassign(portId);
    for (const security_group_id of groups) {
      securityGroupPortBindings.insert({ port_id: portId, security_group_id });
    }
  }

  unassign(portId: string): void {
    const { securityGroupPortBindings } = this.#app.database;
    for (const { id } of securityGroupPortBindings.find({ port_id: portId })) {
      securityGroupPortBindings.remove(id);
    }
  }

  #insert(tenant_id: string, name: string | null, description: string | null): Row<SecurityGroup> {
    const { securityGroups, securityGroupRules } = this.#app.database;
    const uuid = this.#app.newId("security group");
    const row = securityGroups.insert({ uuid, tenant_id, name, description });
    const insertRule = (rule: Partial<SecurityGroupRule>): void => {
      securityGroupRules.insert({
        uuid: this.#app.newId("security group rule"),
        tenant_id,
        security_group_id: uuid,
        remote_group_id: null,
        direction: "egress",
        ethertype: "IPv4",
        protocol: null,
        port_range_min: null,
        port_range_max: null,
        remote_ip_prefix: null,
        ...rule,
      });
    };
    for (const ethertype of ["IPv4", "IPv6"]) {
      if (name === DEFAULT) insertRule({ ethertype, direction: "ingress", remote_group_id: uuid });
      insertRule({ ethertype });
    }
    return row;
  }
}
