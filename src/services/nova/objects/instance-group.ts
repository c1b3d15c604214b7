/** Servers that are to be together, or apart. Upstream: nova/objects/instance_group.py (1.9). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { callClass, classMethod, versioned, type ObjectStore } from "./base.js";

export interface InstanceGroupFields {
  readonly uuid: string;
  readonly user_id: string;
  readonly project_id: string;
  readonly name: string;
  readonly policies: readonly string[];
  readonly members: readonly string[];
}

export class InstanceGroup extends versioned<InstanceGroupFields>({
  name: "InstanceGroup",
  version: "1.9",
  fields: {
    uuid: true,
    user_id: true,
    project_id: true,
    name: true,
    policies: true,
    members: true,
  },
}) {}

export const groupMethods = {
  getByHint: classMethod<{ hint: string }, InstanceGroup>("InstanceGroup", "get_by_hint"),
  getHosts: classMethod<{ uuid: string; exclude: readonly string[] }, string[]>(
    "InstanceGroup",
    "get_hosts",
  ),
};

/** By UUID or by name. @throws InstanceGroupNotFound */
export const getInstanceGroupByHint = (
  store: ObjectStore,
  ctxt: RequestContext,
  hint: string,
): Op<InstanceGroup> => callClass(store, ctxt, groupMethods.getByHint, { hint });

/** `get_hosts`: where the members are, but for those in `exclude`. */
export const getInstanceGroupHosts = (
  store: ObjectStore,
  ctxt: RequestContext,
  { uuid }: InstanceGroup,
  exclude: readonly string[],
): Op<string[]> => callClass(store, ctxt, groupMethods.getHosts, { uuid, exclude });
