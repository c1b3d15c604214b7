/**
 * Security groups, their rules, and who is in them. A tenant's group `default` is made when it is
 * first needed: it lets everything out and its own members in. Upstream: db/securitygroups_db.py.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import {
  SecurityGroupCannotRemoveDefault,
  SecurityGroupCannotUpdateDefault,
  SecurityGroupDefaultAlreadyExists,
  SecurityGroupInUse,
  SecurityGroupNotFound,
} from "../errors.js";
import type { SecurityGroup, SecurityGroupRule } from "../rows.js";
import type { NeutronApp } from "./app.js";
import { ruleView } from "./security-group-rules.js";
import { isVisible } from "./visibility.js";

const DEFAULT = "default";

export class SecurityGroups {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  /** @throws SecurityGroupNotFound */
  row(ctxt: RequestContext, id: string): Row<SecurityGroup> {
    const row = this.#app.database.securityGroups.get(id);
    if (row === undefined || !isVisible(ctxt, row)) throw new SecurityGroupNotFound({ id });
    return row;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return this.view(this.row(ctxt, id));
  }

  /** A tenant that looks gets its `default` group. */
  list(ctxt: RequestContext, filters: ReadonlyMap<string, readonly string[]>): JsonObject[] {
    const { securityGroups } = this.#app.database;
    if (ctxt.project_id !== null) this.ensureDefault(ctxt.project_id);
    const tenants = ctxt.is_admin ? filters.get("tenant_id") : [ctxt.project_id ?? ""];
    const rows =
      tenants?.length === 1
        ? securityGroups.find({ tenant_id: tenants[0] as string })
        : securityGroups.find();
    return rows.map((row) => this.view(row));
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

  /** @throws SecurityGroupDefaultAlreadyExists */
  *create(_ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const [tenant, name] = [attrs["tenant_id"] as string, attrs["name"] as string];
    this.ensureDefault(tenant);
    if (name === DEFAULT) throw new SecurityGroupDefaultAlreadyExists();
    return this.view(this.#insert(tenant, name, attrs["description"] as string));
  }

  /** @throws SecurityGroupCannotUpdateDefault for another name of the `default` group */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const row = this.row(ctxt, id);
    const { name, description } = attrs as Partial<SecurityGroup>;
    if (name !== undefined && row.name === DEFAULT) throw new SecurityGroupCannotUpdateDefault();
    this.#app.database.securityGroups.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
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
   * itself gets none. @throws SecurityGroupNotFound
   */
  forNewPort(ctxt: RequestContext, attrs: JsonObject): string[] {
    if ((attrs["device_owner"] as string).startsWith("network:")) return [];
    const fallback = this.ensureDefault(attrs["tenant_id"] as string);
    const asked = attrs["security_groups"] as readonly string[] | null | undefined;
    return asked === undefined || asked === null ? [fallback] : this.checked(ctxt, asked);
  }

  /** @throws SecurityGroupNotFound for the first that there is not */
  checked(ctxt: RequestContext, ids: readonly string[]): string[] {
    return ids.map((id) => this.row(ctxt, id).uuid);
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

  #insert(tenant_id: string, name: string, description: string): Row<SecurityGroup> {
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
