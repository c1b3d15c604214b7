/** What went wrong with an instance. Upstream: nova/objects/instance_fault.py (1.2). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { PERSISTENT, versioned, type PersistentFields } from "./base/declare.js";
import { callMethod, objectMethod } from "./base/remotable.js";

/** One that is not stored yet has no id and no dates. */
export interface InstanceFaultFields extends Partial<PersistentFields> {
  id?: number;
  instance_uuid: string;
  code: number;
  message: string;
  details: string;
  host: string | null;
}

export class InstanceFault extends versioned<InstanceFaultFields>({
  name: "InstanceFault",
  version: "1.2",
  wire: PERSISTENT,
  fields: {
    id: true,
    instance_uuid: true,
    code: true,
    message: true,
    details: true,
    host: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {
  /** Insert the row. */
  *create(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, faultMethods.create, {});
  }
}

export const faultMethods = { create: objectMethod()(InstanceFault, "create") };
