/** What went wrong with an instance. Upstream: nova/objects/instance_fault.py (1.2). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { callMethod, objectMethod, versioned } from "./base.js";

export interface InstanceFaultFields {
  id: number | null;
  instance_uuid: string;
  code: number;
  message: string;
  details: string;
  host: string | null;
  created_at: string | null;
}

export class InstanceFault extends versioned<InstanceFaultFields>({
  name: "InstanceFault",
  version: "1.2",
  fields: {
    id: true,
    instance_uuid: true,
    code: true,
    message: true,
    details: true,
    host: true,
    created_at: true,
  },
}) {
  /** Insert the row. */
  *create(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, faultMethods.create, {});
  }
}

export const faultMethods = { create: objectMethod()(InstanceFault, "create") };
