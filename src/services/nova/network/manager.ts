/**
 * Serves topic `network`: gives instances addresses in the networks of their project, each network
 * being looked after by one host. Which networks are a project's it is told; floating addresses are
 * `floating-ips.ts`. Not simulated: multi_host, DNS, security groups, leases. Upstream:
 * nova/network/manager.py (NetworkManager, RPCAllocateFixedIP 1.13) at 2014.2.
 */
import {
  RpcClient,
  clientOf,
  endpoint,
  type ArgsOf,
  type ClientOf,
  type Endpoint,
  type Serves,
} from "../../../bus/index.js";
import {
  Manager,
  contextSerializer,
  type RequestContext,
  type Row,
  type Env,
} from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import {
  fixedIpAssociatePool,
  fixedIpByAddress,
  fixedIpDisassociate,
  networkGet,
  networkSetHost,
} from "../db/networks.js";
import type { FixedIpRow, FloatingIpRow, NetworkRow, VirtualInterfaceRow } from "../db/schema.js";
import { floatingIpByAddress } from "../db/floating-ips.js";
import { FixedIpNotFoundForAddress } from "../exception.js";
import { FloatingIps } from "./floating-ips.js";
import { networkFlags } from "./flags.js";
import { LinuxNet } from "./linux-net.js";
import type { NetworkInfo } from "../network-api/model.js";
import { networkInfo } from "./nw-info.js";
import { networkApi, type AllocateArgs } from "./rpcapi.js";
import type { WhoseNetworks } from "./whose-networks.js";

type Methods = (typeof networkApi)["methods"];

export class NetworkManager extends Manager implements Serves<typeof networkApi, RequestContext> {
  readonly #db: NovaDatabase;
  readonly #whose: WhoseNetworks;
  readonly #rpc: ClientOf<typeof networkApi, RequestContext>;
  readonly #linux: LinuxNet;
  readonly #floating: FloatingIps;
  readonly #flags;

  constructor(env: Env, db: NovaDatabase, whose: WhoseNetworks) {
    super(env);
    this.#db = db;
    this.#whose = whose;
    this.#rpc = clientOf(networkApi, new RpcClient(env.bus, contextSerializer));
    this.#linux = new LinuxNet(env);
    this.#floating = new FloatingIps(env, db, this.#rpc, this.#linux);
    this.#flags = env.flags.read(networkFlags);
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(networkApi, this)];
  }

  /** What was set up before is set up again. */
  override *init_host(): Op<void> {
    for (const network of this.#db.networks.find({ host: this.host })) this.#linux.setUp(network);
    this.#floating.initHost();
  }

  /** @throws NoMoreNetworks, NoMoreFixedIps; FloatingIpLimitExceeded if one is to be assigned */
  *allocate_for_instance(ctxt: RequestContext, args: AllocateArgs): Op<NetworkInfo> {
    const { instance_id, project_id } = args;
    const networks = this.#whose(this.#db, project_id);
    for (const network of networks) this.#makeInterface(network, instance_id);
    for (const network of networks) yield* this.#allocateIn(ctxt, network, instance_id);
    if (this.#flags.auto_assign_floating_ip) yield* this.#assignFloating(ctxt, args);
    return networkInfo(this.#db, instance_id);
  }

  *deallocate_for_instance(
    ctxt: RequestContext,
    { instance_id }: ArgsOf<Methods["deallocate_for_instance"]>,
  ): Op<null> {
    for (const fixed of this.#db.fixed_ips.find({ instance_uuid: instance_id })) {
      yield* this.#floating.release(ctxt, fixed);
      const host = networkGet(this.#db, fixed.network_id).host ?? this.host;
      const args = { address: fixed.address, host };
      if (host === this.host) yield* this.deallocate_fixed_ip(ctxt, args);
      else yield* this.#rpc.prepare({ server: host }).deallocate_fixed_ip(ctxt, args);
    }
    for (const { id } of this.#db.virtual_interfaces.find({ instance_uuid: instance_id })) {
      this.#db.virtual_interfaces.softDelete(id);
    }
    return null;
  }

  *get_instance_nw_info(_ctxt: RequestContext, { instance_id }: AllocateArgs): Op<NetworkInfo> {
    return networkInfo(this.#db, instance_id);
  }

  *get_fixed_ip_by_address(
    _ctxt: RequestContext,
    { address }: { address: string },
  ): Op<Row<FixedIpRow>> {
    return fixedIpByAddress(this.#db, address);
  }

  *set_network_host(
    _ctxt: RequestContext,
    { network_ref }: { network_ref: Row<NetworkRow> },
  ): Op<string> {
    return this.#take(network_ref.id);
  }

  *_rpc_allocate_fixed_ip(
    _ctxt: RequestContext,
    { instance_id, network_id }: ArgsOf<Methods["_rpc_allocate_fixed_ip"]>,
  ): Op<string> {
    return this.#allocateHere(networkGet(this.#db, network_id), instance_id);
  }

  /** @throws FixedIpNotFoundForAddress */
  *deallocate_fixed_ip(_ctxt: RequestContext, { address }: { address: string }): Op<null> {
    fixedIpDisassociate(this.#db, fixedIpByAddress(this.#db, address).id);
    return null;
  }

  allocate_floating_ip(
    ctxt: RequestContext,
    args: ArgsOf<Methods["allocate_floating_ip"]>,
  ): Op<string> {
    return this.#floating.allocate(ctxt, args);
  }

  deallocate_floating_ip(
    ctxt: RequestContext,
    args: ArgsOf<Methods["deallocate_floating_ip"]>,
  ): Op<null> {
    return this.#floating.deallocate(ctxt, args);
  }

  associate_floating_ip(
    ctxt: RequestContext,
    args: ArgsOf<Methods["associate_floating_ip"]>,
  ): Op<string | null> {
    return this.#floating.associate(ctxt, args);
  }

  disassociate_floating_ip(
    ctxt: RequestContext,
    args: ArgsOf<Methods["disassociate_floating_ip"]>,
  ): Op<null> {
    return this.#floating.disassociate(ctxt, args);
  }

  _associate_floating_ip(
    ctxt: RequestContext,
    args: ArgsOf<Methods["_associate_floating_ip"]>,
  ): Op<null> {
    return this.#floating.associateHere(ctxt, args);
  }

  _disassociate_floating_ip(
    ctxt: RequestContext,
    args: ArgsOf<Methods["_disassociate_floating_ip"]>,
  ): Op<null> {
    return this.#floating.disassociateHere(ctxt, args);
  }

  /** @throws FloatingIpNotFoundForAddress */
  *get_floating_ip_by_address(
    _ctxt: RequestContext,
    { address }: { address: string },
  ): Op<Row<FloatingIpRow>> {
    return floatingIpByAddress(this.#db, address);
  }

  *get_floating_ips_by_project(ctxt: RequestContext): Op<readonly Row<FloatingIpRow>[]> {
    return this.#db.floating_ips.find({ project_id: ctxt.project_id });
  }

  *get_floating_ip_pools(): Op<readonly (string | null)[]> {
    return [...new Set(this.#db.floating_ips.find().map(({ pool }) => pool))];
  }

  /** An address in `network`, from the host that looks after it; if none does, one is found. */
  *#allocateIn(ctxt: RequestContext, network: Row<NetworkRow>, instance: string): Op<string> {
    const host =
      network.host ?? (yield* this.#rpc.set_network_host(ctxt, { network_ref: network }));
    if (host === this.host) return this.#allocateHere(network, instance);
    return yield* this.#rpc.prepare({ server: host })._rpc_allocate_fixed_ip(ctxt, {
      instance_id: instance,
      network_id: network.id,
      address: null,
      vpn: false,
    });
  }

  #allocateHere(network: Row<NetworkRow>, instance: string): string {
    const vif = this.#db.virtual_interfaces.first({
      instance_uuid: instance,
      network_id: network.id,
    });
    const { address } = fixedIpAssociatePool(this.#db, network, instance, vif?.id ?? 0);
    return address;
  }

  #take(id: number): string {
    const before = networkGet(this.#db, id).host;
    const host = networkSetHost(this.#db, id, this.host);
    if (before === null) this.#linux.setUp(networkGet(this.#db, id));
    return host;
  }

  #makeInterface(network: Row<NetworkRow>, instance: string): Row<VirtualInterfaceRow> {
    const tail = [...this.env.stream("mac").bytes(3)];
    const hex = tail.map((byte) => byte.toString(16).padStart(2, "0"));
    return this.#db.virtual_interfaces.insert({
      uuid: this.env.stream("virtual interface").uuid(),
      address: `fa:16:3e:${hex.join(":")}`,
      network_id: network.id,
      instance_uuid: instance,
    });
  }

  *#assignFloating(ctxt: RequestContext, { instance_id, project_id }: AllocateArgs): Op<void> {
    const [fixed] = this.#db.fixed_ips.find({ instance_uuid: instance_id });
    if (fixed === undefined) throw new FixedIpNotFoundForAddress({ address: instance_id });
    const address = yield* this.#floating.allocate(ctxt, { project_id, auto_assigned: true });
    yield* this.#floating.associate(ctxt, {
      floating_address: address,
      fixed_address: fixed.address,
      affect_auto_assigned: true,
    });
  }
}
