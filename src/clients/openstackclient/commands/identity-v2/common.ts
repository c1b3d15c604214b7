/**
 * What the commands of several kinds of things of Keystone's v2.0 have alike. Upstream:
 * openstackclient/identity/v2_0/, 0.4.1.
 */
import type { JsonObject } from "../../../../python/index.js";
import type { Kind } from "../../../keystone/identity-api.js";
import { found, idOf } from "../../find.js";
import { argument, shower, word, type OpenStackCommand } from "../../output.js";
import { lookupV2 } from "./lookups.js";

/** `project show`, `role show`. */
export const showOf = (kind: Kind, dest: string): OpenStackCommand =>
  shower(
    {
      name: `${dest} show`,
      about: `Show a ${dest}.`,
      positionals: [argument(dest, "Its name or id.")],
    },
    ({ identity }, args) => found(lookupV2(identity, kind), word(args, dest)),
  );

export const deleteOf = (kind: Kind, dest: string): OpenStackCommand => ({
  name: `${dest} delete`,
  about: `Delete a ${dest}.`,
  positionals: [argument(dest, "Its name or id.")],
  *run({ identity }, args) {
    const id = yield* idOf(lookupV2(identity, kind), word(args, dest));
    yield* identity.change("DELETE", `${kind.path}/${id}`);
  },
});

/** The project of a user, which the API calls `tenantId` and sometimes `tenant_id`. */
export function withProject({ tenantId, tenant_id, ...user }: JsonObject): JsonObject {
  const project = tenant_id ?? tenantId;
  return project === undefined ? user : { ...user, project_id: project };
}
