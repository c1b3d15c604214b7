/**
 * What nova-api asks of Glance and Neutron. Upstream: nova/image/api.py, nova/network/neutronv2/api.py
 * and nova/network/security_group/neutron_driver.py at 2014.2; nova §1.7 row A.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { ImageApi as GlanceImages } from "../image/api.js";
import type { Instance } from "../objects/instance.js";
import type { NetworkRequestList } from "../objects/network-request.js";

export type ImageApi = Pick<GlanceImages, "get" | "detail" | "create" | "delete">;

export interface NetworkApi {
  /** @returns how many servers the port quota leaves room for. @throws what is wrong with them */
  validate_networks(
    ctxt: RequestContext,
    requested: NetworkRequestList | null,
    count: number,
  ): Op<number>;
  create_pci_requests_for_sriov_ports(
    ctxt: RequestContext,
    requested: NetworkRequestList | null,
  ): Op<void>;
  deallocate_for_instance(ctxt: RequestContext, instance: Instance): Op<void>;
}

export interface SecurityGroupApi {
  /** @throws SecurityGroupNotFound, NoUniqueMatch */
  get(ctxt: RequestContext, nameOrId: string): Op<JsonObject>;
  list(ctxt: RequestContext): Op<JsonObject[]>;
  /** The groups of each server, by name, as its ports have them. */
  get_instances_security_groups_bindings(
    ctxt: RequestContext,
    servers: readonly string[],
  ): Op<ReadonlyMap<string, readonly { readonly name: string }[]>>;
}
