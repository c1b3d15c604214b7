/**
 * The security group of an instance: Nova has it, and Trove remembers which it is. Upstream:
 * trove/extensions/security_group/models.py, trove/network/nova.py (NovaNetwork) at 2014.2; the driver for
 * Neutron is not simulated.
 */
import { ClientException } from "../../framework/apiclient/index.js";
import type { Row } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { textOf } from "../../python/index.js";
import type { TroveContext } from "./context.js";
import type { SecurityGroupRow, SecurityGroupRuleRow } from "./db/schema.js";
import {
  ModelNotFoundError,
  SecurityGroupCreationError,
  SecurityGroupRuleCreationError,
  SecurityGroupRuleDeletionError,
  TroveError,
} from "./exception.js";
import type { TroveParts } from "./parts.js";

export type SecurityGroup = Row<SecurityGroupRow>;

/** @throws SecurityGroupCreationError */
export function* groupForInstance(
  { env, db, remote, instanceFlags }: TroveParts,
  ctxt: TroveContext,
  instance_id: string,
): Op<SecurityGroup> {
  const name = `${instanceFlags.trove_security_group_name_prefix}_${instance_id}`;
  const description = `Security Group for ${instance_id}`;
  let uuid: string;
  try {
    const made = yield* remote.nova(ctxt).securityGroups.make(name, description);
    uuid = textOf(made, "id");
  } catch (error) {
    if (!(error instanceof ClientException)) throw error;
    env.log("error", "Failed to create remote security group");
    throw new SecurityGroupCreationError({}, error.message);
  }
  const { user_id: user, project_id: tenant_id } = ctxt;
  const group = db.security_groups.insert({ uuid, name, description, user, tenant_id });
  db.security_group_instance_associations.insert({ security_group_id: uuid, instance_id });
  return group;
}

export interface PortRange {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** @throws SecurityGroupRuleCreationError */
export function* addRule(
  { env, db, remote }: TroveParts,
  ctxt: TroveContext,
  group: SecurityGroup,
  { protocol, from, to }: PortRange,
  cidr: string,
): Op<Row<SecurityGroupRuleRow>> {
  const ports = { fromPort: from, toPort: to };
  try {
    const nova = remote.nova(ctxt).securityGroups;
    const made = yield* nova.makeRule({ parent: group.uuid, protocol, ...ports, cidr });
    return db.security_group_rules.insert({
      uuid: textOf(made, "id"),
      group_id: group.uuid,
      protocol,
      from_port: from,
      to_port: to,
      cidr,
    });
  } catch (error) {
    if (!(error instanceof ClientException)) throw error;
    env.log("error", "Failed to add rule to remote security group");
    throw new SecurityGroupRuleCreationError({}, error.message);
  }
}

/** @throws SecurityGroupRuleDeletionError */
export function* deleteRule(
  { env, db, remote }: TroveParts,
  ctxt: TroveContext,
  { uuid }: Row<SecurityGroupRuleRow>,
): Op<void> {
  try {
    yield* remote.nova(ctxt).securityGroups.deleteRule(uuid);
    db.security_group_rules.softDelete(uuid);
  } catch (error) {
    if (!(error instanceof ClientException)) throw error;
    env.log("error", "Failed to delete rule to remote security group");
    throw new SecurityGroupRuleDeletionError({}, "Failed to delete Security Group");
  }
}

/** The rules go first; what cannot be deleted is left behind, and a line says that it is gone already. */
export function* deleteForInstance(
  parts: TroveParts,
  ctxt: TroveContext,
  instance_id: string,
): Op<void> {
  const { db, env } = parts;
  try {
    const association = db.security_group_instance_associations.first({ instance_id });
    if (association === undefined) throw new ModelNotFoundError({});
    const group = db.security_groups.get(association.security_group_id);
    if (group === undefined) throw new ModelNotFoundError({});
    yield* deleteGroup(parts, ctxt, group);
    db.security_group_instance_associations.softDelete(association.id);
  } catch (error) {
    if (!(error instanceof TroveError)) throw error;
    env.log("info", `Security Group with id: ${instance_id} already had been deleted`);
  }
}

/** @throws TroveError */
function* deleteGroup(parts: TroveParts, ctxt: TroveContext, group: SecurityGroup): Op<void> {
  const { db, env, remote } = parts;
  const { uuid } = group;
  try {
    for (const rule of db.security_group_rules.find({ group_id: uuid })) {
      yield* deleteRule(parts, ctxt, rule);
    }
    yield* remote.nova(ctxt).securityGroups.delete(uuid);
    db.security_groups.softDelete(uuid);
  } catch (error) {
    if (!(error instanceof ClientException) && !(error instanceof TroveError)) throw error;
    env.log("error", "Failed to delete security group");
    throw new TroveError({}, "Failed to delete Security Group");
  }
}
