/**
 * The ports of a datastore, opened in an instance's group. Upstream: trove/taskmanager/models.py
 * (_create_rules) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { TroveContext } from "../../context.js";
import { MalformedSecurityGroupRuleError, TroveError } from "../../exception.js";
import { setTask } from "../../instance/instances.js";
import { BUILDING_ERROR_SEC_GROUP } from "../../instance/tasks.js";
import { portsOf } from "../../ports.js";
import { addRule, type SecurityGroup } from "../../security-groups.js";
import type { TaskParts } from "../task-parts.js";

/** Each port or range once. @throws MalformedSecurityGroupRuleError */
export function* openPorts(
  parts: TaskParts,
  ctxt: TroveContext,
  instance_id: string,
  group: SecurityGroup,
  protocol: string,
  ports: readonly string[],
): Op<void> {
  const { trove_security_group_rule_cidr: cidr } = parts.instanceFlags;
  for (const port of new Set(ports)) {
    const range = portsOf(port);
    try {
      if (range === undefined) throw new TroveError({});
      yield* addRule(parts, ctxt, group, { protocol, ...range }, cidr);
    } catch (error) {
      if (!(error instanceof TroveError)) throw error;
      setTask(parts.db, instance_id, BUILDING_ERROR_SEC_GROUP);
      const [from, to] = [range?.from, range?.to].map((end) => String(end ?? "None"));
      throw new MalformedSecurityGroupRuleError(
        {},
        `Failed to create security group rules for instance ${instance_id}: Invalid port format - ` +
          `FromPort = ${from ?? ""}, ToPort = ${to ?? ""}`,
      );
    }
  }
}
