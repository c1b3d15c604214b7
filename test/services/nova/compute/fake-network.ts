/** Neutron, as far as nova-compute can tell: one port, which a test can make go wrong. */
import type { RequestContext } from "../../../../src/framework/index.js";
import { milliseconds, sleep, type Op } from "../../../../src/kernel/index.js";
import type { Exception } from "../../../../src/python/index.js";
import type { NetworkApi } from "../../../../src/services/nova/compute/compute-host.js";
import type { NetworkInfo, Vif } from "../../../../src/services/nova/network-api/model.js";
import type { Instance } from "../../../../src/services/nova/objects/instance.js";

export const PORT = "99999999-0000-4000-8000-000000000001";

const vif = (active: boolean, type = "ovs"): Vif => ({
  id: PORT,
  address: "fa:16:3e:00:00:01",
  network: { id: "n", bridge: "br-int", label: "private", subnets: [], meta: {} },
  type,
  details: {},
  devname: "tap99999999-00",
  ovs_interfaceid: PORT,
  vnic_type: "normal",
  profile: {},
  active,
  meta: {},
});

/** What is asked for with an allocation. */
type WantedNetworks = Parameters<NetworkApi["allocate_for_instance"]>[2];

export class FakeNetwork implements NetworkApi {
  /** Whether the port is wired as soon as it is made. */
  active = true;
  type = "ovs";
  /** What the next allocation raises. */
  failure: Exception | undefined;
  deallocationFailure: Exception | undefined;
  readonly asked: string[] = [];
  /** What each allocation was asked for. */
  readonly wanted: WantedNetworks[] = [];
  readonly #host: string;

  constructor(host: string) {
    this.#host = host;
  }

  *allocate_for_instance(
    ctxt: RequestContext,
    instance: Instance,
    wanted: WantedNetworks = { requested_networks: null, security_groups: [] },
  ): Op<NetworkInfo> {
    this.wanted.push(wanted);
    this.asked.push(`allocate@${this.#host}`);
    yield* sleep(milliseconds(100));
    if (this.failure !== undefined) throw this.failure;
    return yield* this.#store(ctxt, instance, [vif(this.active, this.type)]);
  }

  *deallocate_for_instance(ctxt: RequestContext, instance: Instance): Op<void> {
    this.asked.push(`deallocate@${this.#host}`);
    yield* sleep(milliseconds(10));
    if (this.deallocationFailure !== undefined) throw this.deallocationFailure;
    yield* this.#store(ctxt, instance, []);
  }

  allocate_port_for_instance(ctxt: RequestContext, instance: Instance): Op<NetworkInfo> {
    return this.allocate_for_instance(ctxt, instance);
  }

  add_fixed_ip_to_instance(ctxt: RequestContext, instance: Instance): Op<NetworkInfo> {
    return this.get_instance_nw_info(ctxt, instance);
  }

  remove_fixed_ip_from_instance(ctxt: RequestContext, instance: Instance): Op<NetworkInfo> {
    return this.get_instance_nw_info(ctxt, instance);
  }

  *deallocate_port_for_instance(ctxt: RequestContext, instance: Instance): Op<NetworkInfo> {
    yield* this.deallocate_for_instance(ctxt, instance);
    return [];
  }

  *get_instance_nw_info(ctxt: RequestContext, instance: Instance): Op<NetworkInfo> {
    this.asked.push(`read@${this.#host}`);
    yield* sleep(milliseconds(10));
    return yield* this.#store(ctxt, instance, [vif(this.active, this.type)]);
  }

  *migrate_instance_finish(
    _: RequestContext,
    __: Instance,
    { dest_compute }: { readonly dest_compute: string },
  ): Op<void> {
    this.asked.push(`bind to ${dest_compute}`);
    yield* sleep(milliseconds(10));
  }

  *#store(ctxt: RequestContext, instance: Instance, vifs: NetworkInfo): Op<NetworkInfo> {
    instance.info_cache.network_info = vifs;
    yield* instance.info_cache.save(ctxt);
    return vifs;
  }
}
