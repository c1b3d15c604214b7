/**
 * What Keystone holds: tokens that are good although those they were given to are gone. A token that
 * has expired is swept up by `keystone-manage token_flush` and harms nobody. And which projects there are,
 * for what others own in one.
 */
import type { Inventory } from "../../framework/inventory.js";
import type { KeystoneDatabase } from "./store/database.js";

/** As others name the kind whose rows it has. */
const PROJECT = "project";

export function keystoneInventory(db: KeystoneDatabase): Inventory {
  const { kernel } = db;
  const alive = db.tokens
    .find({ valid: true })
    .filter(({ expires }) => kernel.calendar.parse(expires) > kernel.now);
  const projects = db.projects.find().map(({ uuid }) => uuid);
  // Whoever has worked in one has had a token for it, and that row stays.
  const known = db.tokens.find().flatMap(({ project_id }) => project_id ?? []);
  return {
    things: projects.map((id) => ({ kind: PROJECT, id })),
    ended: [...new Set(known)]
      .filter((id) => !projects.includes(id))
      .map((id) => ({ kind: PROJECT, id })),
    wrong: alive.flatMap(({ token, user_id, project_id, trust_id }) => {
      const gone = [
        ...(db.users.get(user_id) === undefined ? [`user ${user_id}`] : []),
        ...(project_id !== null && db.projects.get(project_id) === undefined
          ? [`project ${project_id}`]
          : []),
        ...(trust_id !== null && db.trusts.get(trust_id) === undefined
          ? [`trust ${trust_id}`]
          : []),
      ];
      return gone.map((what) => ({
        invariant: "owner",
        what: `token ${token}: good still, and there is no ${what}`,
        where: "keystone.token",
      }));
    }),
  };
}
