/**
 * Whose things are: each is in a project, and Keystone has that project. Keystone tells nobody when a project is deleted,
 * so that what was in it stays. Upstream: keystone/assignment/core.py (delete_project) at 2014.2.
 */
import type { JunoException } from "./invariants.js";
import type { Claim } from "./inventory.js";

/** By what name a project tells of it. */
const NAME = "project-deleted-before-its-things";

/** Of Keystone's exceptions: what every other project's rows may show. */
export const PROJECT_EXCEPTION: Readonly<Record<typeof NAME, JunoException>> = {
  [NAME]: {
    says: "A project is deleted with its tokens, roles and credentials alone: no service is asked what it has there, and all of it stays.",
    source: "keystone/assignment/core.py at 2014.2 (delete_project)",
  },
};

/**
 * That a thing's project is there.
 * @param what in words: `volume 9f0c`
 * @param where whose row: `cinder.volumes`
 * @param id of the project; none, for what belongs to nobody by right
 */
export const inProject = (what: string, where: string, id: string | null): readonly Claim[] =>
  id === null || id === ""
    ? []
    : [{ invariant: "owner", what, where, of: { kind: "project", id }, ended: NAME }];
