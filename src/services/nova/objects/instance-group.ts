/** Servers that are to be together, or apart. Upstream: nova/objects/instance_group.py (1.8). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { isUuidLike } from "../../../python/index.js";
import { PERSISTENT, versioned, type PersistentFields } from "./base/declare.js";
import { callClass, callMethod, classMethod, objectMethod } from "./base/remotable.js";
import type { ObjectStore } from "./base/versioned-object.js";

export interface InstanceGroupFields extends Readonly<PersistentFields> {
  readonly id: number;
  readonly uuid: string;
  readonly user_id: string;
  readonly project_id: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly members: readonly string[];
}

export class InstanceGroup extends versioned<InstanceGroupFields>({
  name: "InstanceGroup",
  version: "1.8",
  wire: PERSISTENT,
  fields: {
    id: true,
    uuid: true,
    user_id: true,
    project_id: true,
    name: true,
    policies: true,
    members: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {}

export const groupMethods = {
  getByUuid: classMethod<{ uuid: string }, InstanceGroup>("InstanceGroup", "get_by_uuid", {
    takes: ["uuid"],
  }),
  getByName: classMethod<{ name: string }, InstanceGroup>("InstanceGroup", "get_by_name", {
    takes: ["name"],
  }),
  getHosts: objectMethod<{ exclude: readonly string[] }>({ options: ["exclude"] })(
    InstanceGroup,
    "get_hosts",
  ),
};

/** `get_by_hint`: what looks like a UUID is one. @throws InstanceGroupNotFound */
export const getInstanceGroupByHint = (
  store: ObjectStore,
  ctxt: RequestContext,
  hint: string,
): Op<InstanceGroup> =>
  isUuidLike(hint)
    ? callClass(store, ctxt, groupMethods.getByUuid, { uuid: hint })
    : callClass(store, ctxt, groupMethods.getByName, { name: hint });

/** `get_hosts`: where the members are, but for those in `exclude`. */
export function* getInstanceGroupHosts(
  ctxt: RequestContext,
  group: InstanceGroup,
  exclude: readonly string[],
): Op<readonly string[]> {
  return (yield* callMethod(ctxt, group, groupMethods.getHosts, { exclude })) as string[];
}
