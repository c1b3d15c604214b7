/** A security group by what a user calls it. Upstream: novaclient/v1_1/shell.py (_get_secgroup), 2.20.0. */
import { CommandError, NotFound, NoUniqueMatch } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isUuid, parseInteger, textOf, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";

/** By id, or the only one of that name. @throws CommandError, NoUniqueMatch */
export function* findGroup({ securityGroups }: NovaClient, nameOrId: string): Op<JsonObject> {
  if (parseInteger(nameOrId) !== undefined || isUuid(nameOrId)) {
    try {
      return yield* securityGroups.one(nameOrId);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  const found = (yield* securityGroups.all()).filter((group) => textOf(group, "name") === nameOrId);
  const [group, ...others] = found;
  if (others.length > 0) {
    throw new NoUniqueMatch(
      `Multiple security group matches found for name '${nameOrId}', use an ID to be more specific.`,
    );
  }
  if (group !== undefined) return group;
  throw new CommandError(`Secgroup ID or name '${nameOrId}' not found.`);
}
