/**
 * The nova-compute of a host, with what the host has. Upstream: nova/objects/service.py (1.4),
 * nova/compute/manager.py (_get_compute_info) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { PERSISTENT, versioned, type PersistentFields } from "../base/declare.js";
import { callClass, callMethod, classMethod, objectMethod } from "../base/remotable.js";
import type { ObjectStore } from "../base/versioned-object.js";
import type { ComputeNode } from "./compute-node.js";

export interface ServiceFields extends PersistentFields {
  readonly id: number;
  readonly host: string;
  readonly binary: string;
  readonly topic: string;
  readonly report_count: number;
  disabled: boolean;
  disabled_reason: string | null;
  /** Missing as long as nothing has been found out about the host. */
  readonly compute_node?: ComputeNode;
}

export class Service extends versioned<ServiceFields>({
  name: "Service",
  version: "1.4",
  objects: ["compute_node"],
  wire: PERSISTENT,
  fields: {
    id: true,
    host: true,
    binary: true,
    topic: true,
    report_count: true,
    disabled: true,
    disabled_reason: true,
    compute_node: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {
  /** @throws ServiceNotFound */
  *save(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, serviceMethods.save, {});
  }
}

interface OfHost {
  readonly host: string;
  readonly use_slave?: boolean;
}

export const serviceMethods = {
  save: objectMethod()(Service, "save"),
  getByComputeHost: classMethod<OfHost, Service>("Service", "get_by_compute_host", {
    takes: ["host"],
    options: ["use_slave"],
  }),
};

/** The nova-compute of a host. @throws ComputeHostNotFound */
export const getServiceByComputeHost = (
  store: ObjectStore,
  ctxt: RequestContext,
  host: string,
  options: Omit<OfHost, "host"> = {},
): Op<Service> => callClass(store, ctxt, serviceMethods.getByComputeHost, { host, ...options });

/** What a host has. @throws ComputeHostNotFound; ObjectActionError where nothing is known */
export function* getComputeInfo(
  store: ObjectStore,
  ctxt: RequestContext,
  host: string,
): Op<ComputeNode> {
  const service = yield* getServiceByComputeHost(store, ctxt, host);
  return service.compute_node as ComputeNode;
}
