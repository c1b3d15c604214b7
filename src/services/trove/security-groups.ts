/**
 * The security group of an instance: Nova or Neutron has it, and Trove remembers which it is. Upstream:
 * trove/extensions/security_group/models.py at 2014.2, with what the drivers of trove/network make of a refusal.
 */
import type { Row } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { AttributeError } from "../../python/index.js";
import type { TroveContext } from "./context.js";
import type { SecurityGroupRow, SecurityGroupRuleRow } from "./db/schema.js";
import {
  ModelNotFoundError,
  SecurityGroupCreationError,
  SecurityGroupRuleCreationError,
  SecurityGroupRuleDeletionError,
  TroveError,
} from "./exception.js";
import type { PortRange } from "./network/driver.js";
import type { TroveParts } from "./parts.js";

export type SecurityGroup = Row<SecurityGroupRow>;

/** @throws SecurityGroupCreationError */
export function* groupForInstance(
  parts: TroveParts,
  ctxt: TroveContext,
  instance_id: string,
): Op<SecurityGroup> {
  const { env, db, instanceFlags } = parts;
  const network = parts.network(ctxt);
  const name = `${instanceFlags.trove_security_group_name_prefix}_${instance_id}`;
  const description = `Security Group for ${instance_id}`;
  let uuid: string;
  try {
    uuid = yield* network.makeGroup(name, description);
  } catch (error) {
    if (!network.refuses(error)) throw error;
    env.log("error", "Failed to create remote security group");
    throw new SecurityGroupCreationError({}, error.message);
  }
  const { user_id: user, project_id: tenant_id } = ctxt;
  const group = db.security_groups.insert({ uuid, name, description, user, tenant_id });
  db.security_group_instance_associations.insert({ security_group_id: uuid, instance_id });
  return group;
}

/** @throws SecurityGroupRuleCreationError; AttributeError where there is such a rule already, which the driver says in silence */
export function* addRule(
  parts: TroveParts,
  ctxt: TroveContext,
  group: SecurityGroup,
  range: PortRange,
  cidr: string,
): Op<Row<SecurityGroupRuleRow>> {
  const { env, db } = parts;
  const network = parts.network(ctxt);
  try {
    const uuid = yield* network.makeRule(group.uuid, range, cidr);
    if (uuid === undefined) {
      env.log("error", "secgroup rule already exists");
      throw new AttributeError("'NoneType' object has no attribute 'id'");
    }
    const { protocol, from: from_port, to: to_port } = range;
    const group_id = group.uuid;
    return db.security_group_rules.insert({ uuid, group_id, protocol, from_port, to_port, cidr });
  } catch (error) {
    if (!network.refuses(error)) throw error;
    env.log("error", "Failed to add rule to remote security group");
    throw new SecurityGroupRuleCreationError({}, error.message);
  }
}

/** @throws SecurityGroupRuleDeletionError */
export function* deleteRule(
  parts: TroveParts,
  ctxt: TroveContext,
  { uuid }: Row<SecurityGroupRuleRow>,
): Op<void> {
  const { env, db } = parts;
  const network = parts.network(ctxt);
  try {
    yield* network.deleteRule(uuid);
    db.security_group_rules.softDelete(uuid);
  } catch (error) {
    if (!network.refuses(error)) throw error;
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
  const { db, env } = parts;
  const { uuid } = group;
  const network = parts.network(ctxt);
  try {
    for (const rule of db.security_group_rules.find({ group_id: uuid })) {
      yield* deleteRule(parts, ctxt, rule);
    }
    yield* network.deleteGroup(uuid);
    db.security_groups.softDelete(uuid);
  } catch (error) {
    if (!network.refuses(error) && !(error instanceof TroveError)) throw error;
    env.log("error", "Failed to delete security group");
    throw new TroveError({}, "Failed to delete Security Group");
  }
}
