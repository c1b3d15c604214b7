/** PCI devices that an instance asked for: always none here. Upstream: nova/objects/instance_pci_requests.py (1.1). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { versioned } from "./base/declare.js";
import { callClass, classMethod } from "./base/remotable.js";
import type { ObjectStore } from "./base/versioned-object.js";

export interface InstancePCIRequestsFields {
  readonly instance_uuid: string;
  readonly requests: readonly JsonObject[];
}

export class InstancePCIRequests extends versioned<InstancePCIRequestsFields>({
  name: "InstancePCIRequests",
  version: "1.1",
  fields: {
    instance_uuid: true,
    requests: true,
  },
}) {}

/** The claim asks for these before it tests anything (nova §1.4 row 11). */
export function* getPciRequests(
  store: ObjectStore,
  ctxt: RequestContext,
  instance_uuid: string,
): Op<InstancePCIRequests["requests"]> {
  return (yield* callClass(store, ctxt, pciRequestsMethods.getByInstance, { instance_uuid }))
    .requests;
}

/** Those that a resize asks for. */
export function* getNewPciRequests(
  store: ObjectStore,
  ctxt: RequestContext,
  instance_uuid: string,
): Op<InstancePCIRequests["requests"]> {
  const asked = { instance_uuid, newness: true };
  return (yield* callClass(store, ctxt, pciRequestsMethods.getByNewness, asked)).requests;
}

export const pciRequestsMethods = {
  getByNewness: classMethod<{ instance_uuid: string; newness: boolean }, InstancePCIRequests>(
    "InstancePCIRequests",
    "get_by_instance_uuid_and_newness",
    { takes: ["instance_uuid", "newness"] },
  ),
  getByInstance: classMethod<{ instance_uuid: string }, InstancePCIRequests>(
    "InstancePCIRequests",
    "get_by_instance_uuid",
    { takes: ["instance_uuid"] },
  ),
};
