/**
 * Floating addresses: a project gets one from a pool, and has it lead to a fixed address of its
 * own. The host of the fixed address's network does the translating; any other nova-network that is
 * asked calls that one. Upstream: nova/network/floating_ips.py (FloatingIP) at 2014.2.
 */
import type { ClientOf, Notifier } from "../../../bus/index.js";
import type { RequestContext, Row, Env } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { str } from "../../../python/index.js";
import type { NovaDatabase } from "../db/database.js";
import {
  floatingIpAllocate,
  floatingIpAssociate,
  floatingIpByAddress,
  floatingIpDeallocate,
  floatingIpDisassociate,
} from "../db/floating-ips.js";
import { fixedIpByAddress, networkGet } from "../db/networks.js";
import { commitReservations, rollbackReservations } from "../db/quota/reservations.js";
import type { FixedIpRow, FloatingIpRow } from "../db/schema.js";
import {
  FloatingIpAssociated,
  FloatingIpLimitExceeded,
  FloatingIpNotAssociated,
  Forbidden,
  OverQuota,
} from "../exception.js";
import { novaNotifier } from "../notifications.js";
import { QuotaEngine } from "../quota/quota-engine.js";
import { networkFlags } from "./flags.js";
import type { LinuxNet } from "./linux-net.js";
import type { networkApi } from "./rpcapi.js";

interface Here {
  readonly interface: string | null;
  readonly instance_uuid: string | null;
}

export class FloatingIps {
  readonly #env: Env;
  readonly #db: NovaDatabase;
  readonly #rpc: ClientOf<typeof networkApi, RequestContext>;
  readonly #linux: LinuxNet;
  readonly #notifier: Notifier;
  readonly #quotas: QuotaEngine;
  readonly #flags;

  constructor(
    env: Env,
    db: NovaDatabase,
    rpc: ClientOf<typeof networkApi, RequestContext>,
    linux: LinuxNet,
  ) {
    this.#env = env;
    this.#db = db;
    this.#rpc = rpc;
    this.#linux = linux;
    this.#notifier = novaNotifier(env, "network");
    this.#quotas = new QuotaEngine(env, db);
    this.#flags = env.flags.read(networkFlags);
  }

  /** What this host translated before, it translates again. */
  initHost(): void {
    for (const floating of this.#db.floating_ips.find({ host: this.#env.host })) {
      const fixed = this.#fixedOf(floating);
      if (fixed === undefined) continue;
      this.#linux.addFloatingIp(floating.address, fixed.address, this.#device(floating.interface));
    }
  }

  /** @throws FloatingIpLimitExceeded, NoMoreFloatingIps */
  *allocate(
    ctxt: RequestContext,
    args: { project_id: string; pool?: string | null; auto_assigned?: boolean },
  ): Op<string> {
    const { project_id, auto_assigned = false } = args;
    const pool = args.pool ?? this.#flags.default_floating_pool;
    const reservations = auto_assigned ? [] : this.#reserve(ctxt, project_id, 1);
    try {
      const { address } = floatingIpAllocate(this.#db, project_id, pool, auto_assigned);
      const payload = { project_id, floating_ip: address };
      yield* this.#notifier.info(ctxt, "network.floating_ip.allocate", payload);
      commitReservations(this.#db, reservations);
      return address;
    } catch (thrown) {
      const error = yield* caught(thrown);
      rollbackReservations(this.#db, reservations);
      throw error;
    }
  }

  /** @throws FloatingIpNotFoundForAddress, Forbidden, FloatingIpAssociated */
  *deallocate(
    ctxt: RequestContext,
    args: { address: string; affect_auto_assigned?: boolean },
  ): Op<null> {
    const { address, affect_auto_assigned = false } = args;
    const floating = floatingIpByAddress(this.#db, address);
    if (floating.auto_assigned && !affect_auto_assigned) return null;
    requireOwner(ctxt, floating);
    if (floating.fixed_ip_id !== null) throw new FloatingIpAssociated({ address });
    const { project_id } = floating;
    const payload = { project_id, floating_ip: address };
    yield* this.#notifier.info(ctxt, "network.floating_ip.deallocate", payload);
    floatingIpDeallocate(this.#db, address);
    if (!floating.auto_assigned && project_id !== null) {
      commitReservations(this.#db, this.#reserve(ctxt, project_id, -1));
    }
    return null;
  }

  /**
   * Lead `floating_address` to `fixed_address`, whatever it led to before.
   * @returns the instance that it led to before
   * @throws FloatingIpNotFoundForAddress, FixedIpNotFoundForAddress, Forbidden
   */
  *associate(
    ctxt: RequestContext,
    args: { floating_address: string; fixed_address: string; affect_auto_assigned?: boolean },
  ): Op<string | null> {
    const { floating_address, fixed_address, affect_auto_assigned = false } = args;
    const floating = floatingIpByAddress(this.#db, floating_address);
    if (floating.auto_assigned && !affect_auto_assigned) return null;
    requireOwner(ctxt, floating);
    const before = this.#fixedOf(floating);
    if (before?.address === fixed_address) return null;
    if (before !== undefined) {
      yield* this.disassociate(ctxt, { address: floating_address, affect_auto_assigned });
    }
    const fixed = fixedIpByAddress(this.#db, fixed_address);
    const host = this.#hostOf(fixed);
    const there = {
      floating_address,
      fixed_address,
      interface: floating.interface,
      instance_uuid: fixed.instance_uuid,
    };
    if (host === this.#env.host) yield* this.associateHere(ctxt, there);
    else yield* this.#rpc.prepare({ server: host })._associate_floating_ip(ctxt, there);
    return before?.instance_uuid ?? null;
  }

  /** @throws FloatingIpNotFoundForAddress, FloatingIpNotAssociated, Forbidden */
  *disassociate(
    ctxt: RequestContext,
    args: { address: string; affect_auto_assigned?: boolean },
  ): Op<null> {
    const { address, affect_auto_assigned = false } = args;
    const floating = floatingIpByAddress(this.#db, address);
    if (floating.auto_assigned && !affect_auto_assigned) return null;
    requireOwner(ctxt, floating);
    const fixed = this.#fixedOf(floating);
    if (fixed === undefined) throw new FloatingIpNotAssociated({ address });
    const host = this.#hostOf(fixed);
    const { interface: device } = floating;
    const there = { address, interface: device, instance_uuid: fixed.instance_uuid };
    if (host === this.#env.host) return yield* this.disassociateHere(ctxt, there);
    return yield* this.#rpc.prepare({ server: host })._disassociate_floating_ip(ctxt, there);
  }

  /** This host's part: store it, translate, and tell. */
  associateHere(
    ctxt: RequestContext,
    args: Here & { floating_address: string; fixed_address: string },
  ): Op<null> {
    const { locks } = this.#env;
    return locks.synchronized(args.floating_address, this.#associateHere(ctxt, args));
  }

  disassociateHere(ctxt: RequestContext, args: Here & { address: string }): Op<null> {
    return this.#env.locks.synchronized(args.address, this.#disassociateHere(ctxt, args));
  }

  /** A fixed address is given up: what led to it no longer does, and goes if it came by itself. */
  *release(ctxt: RequestContext, fixed: Row<FixedIpRow>): Op<void> {
    for (const { address, auto_assigned } of this.#db.floating_ips.find({
      fixed_ip_id: fixed.id,
    })) {
      yield* this.disassociate(ctxt, { address, affect_auto_assigned: true });
      if (auto_assigned) yield* this.deallocate(ctxt, { address, affect_auto_assigned: true });
    }
  }

  *#associateHere(
    ctxt: RequestContext,
    args: Here & { floating_address: string; fixed_address: string },
  ): Op<null> {
    const { floating_address, fixed_address, instance_uuid } = args;
    const { host } = this.#env;
    const fixed = floatingIpAssociate(this.#db, floating_address, fixed_address, host);
    // Somebody else was quicker.
    if (fixed === undefined) return null;
    this.#linux.addFloatingIp(floating_address, fixed_address, this.#device(args.interface));
    yield* this.#tell(ctxt, "associate", instance_uuid, floating_address);
    return null;
  }

  *#disassociateHere(ctxt: RequestContext, args: Here & { address: string }): Op<null> {
    const { address, instance_uuid } = args;
    const fixed = floatingIpDisassociate(this.#db, address);
    if (fixed === undefined) return null;
    this.#linux.removeFloatingIp(address, fixed.address, this.#device(args.interface));
    yield* this.#tell(ctxt, "disassociate", instance_uuid, address);
    return null;
  }

  #tell(
    ctxt: RequestContext,
    what: string,
    instance_id: string | null,
    floating_ip: string,
  ): Op<void> {
    const payload = { project_id: ctxt.project_id, instance_id, floating_ip };
    return this.#notifier.info(ctxt, `network.floating_ip.${what}`, payload);
  }

  #device(given: string | null): string {
    return this.#flags.public_interface ?? str(given);
  }

  #fixedOf({ fixed_ip_id }: Row<FloatingIpRow>): Row<FixedIpRow> | undefined {
    return fixed_ip_id === null ? undefined : this.#db.fixed_ips.get(fixed_ip_id);
  }

  /** Who looks after the network of a fixed address. */
  #hostOf({ network_id }: Row<FixedIpRow>): string {
    return networkGet(this.#db, network_id).host ?? this.#env.host;
  }

  #reserve(ctxt: RequestContext, project_id: string, floating_ips: number): string[] {
    try {
      return this.#quotas.reserve({ project_id, user_id: ctxt.user_id ?? "" }, { floating_ips });
    } catch (error) {
      if (error instanceof OverQuota) throw new FloatingIpLimitExceeded();
      throw error;
    }
  }
}

/** @throws Forbidden unless the address is the caller's, or the caller an admin */
function requireOwner(ctxt: RequestContext, { project_id, address }: Row<FloatingIpRow>): void {
  if (ctxt.is_admin || project_id === ctxt.project_id) return;
  throw new Forbidden({ address });
}
