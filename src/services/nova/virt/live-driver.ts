/**
 * What nova-compute asks of a hypervisor that moves running guests, and what is asked of one that cannot.
 * Upstream: nova/virt/driver.py (ComputeDriver) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { NotImplementedException, type JsonObject } from "../../../python/index.js";
import type { Instance } from "../objects/instance.js";
import type { ComputeNode } from "../objects/service/compute-node.js";
import type { DriverVolume } from "./block-device.js";
import { HostDriver } from "./host-driver.js";
import type { NetworkInfo } from "./network-info.js";

/** A guest that is about to come. */
export interface ComingGuest {
  readonly instance: Instance;
  readonly networkInfo: NetworkInfo;
  readonly volumes: readonly DriverVolume[];
}

/** Where it goes, and what is done when it is there, or does not get there. */
export interface LiveMove {
  readonly destination: string;
  readonly post: () => Op<void>;
  readonly recover: () => Op<void>;
}

export interface WantedMove {
  readonly block_migration: boolean;
  readonly disk_over_commit: boolean;
}

export interface GuestCleanUp {
  readonly destroyDisks: boolean;
  /** What the hosts found out of each other, `is_shared_block_storage` among it. */
  readonly migrateData: JsonObject | null;
  readonly destroyVifs: boolean;
}

export abstract class LiveMigrationDriver extends HostDriver {
  /** @throws what keeps it from coming here */
  *checkLiveDestination(
    _instance: Instance,
    _nodes: { readonly source: ComputeNode; readonly own: ComputeNode },
    _wanted: WantedMove,
  ): Op<JsonObject> {
    throw new NotImplementedException("");
  }

  /** The look is over. */
  cleanUpLiveDestination(_data: JsonObject): void {
    // Nothing was put anywhere.
  }

  /** @throws what keeps it from going */
  *checkLiveSource(_instance: Instance, _data: JsonObject): Op<JsonObject | null> {
    throw new NotImplementedException("");
  }

  *instanceDiskInfo(_instance: Instance): Op<string | null> {
    throw new NotImplementedException("");
  }

  *preLiveMigration(
    _ctxt: RequestContext,
    _guest: ComingGuest,
    _disk: string | null,
    _migrateData: JsonObject | null,
  ): Op<JsonObject | null> {
    throw new NotImplementedException("");
  }

  *liveMigration(_instance: Instance, _move: LiveMove): Op<void> {
    throw new NotImplementedException("");
  }

  *postLiveMigration(_instance: Instance, _volumes: readonly DriverVolume[]): Op<void> {
    // Only some have something to do.
  }

  *postLiveMigrationAtSource(_instance: Instance, _networkInfo: NetworkInfo): Op<void> {
    throw new NotImplementedException(
      "Hypervisor driver does not support post_live_migration_at_source method",
    );
  }

  *postLiveMigrationAtDestination(
    _ctxt: RequestContext,
    _instance: Instance,
    _volumes: readonly DriverVolume[],
  ): Op<void> {
    throw new NotImplementedException("");
  }

  /** What is left of a guest that is not here any more: `cleanup`. */
  *cleanUpGuest(
    _ctxt: RequestContext,
    _instance: Instance,
    _networkInfo: NetworkInfo,
    _what: GuestCleanUp,
  ): Op<void> {
    throw new NotImplementedException("");
  }
}
