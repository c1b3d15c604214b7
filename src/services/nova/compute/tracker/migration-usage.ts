/**
 * Servers on the move count at both ends until it is over: where they come in as what they shall be,
 * where they have left as what they were, in case they come back. Upstream:
 * nova/compute/resource_tracker.py (_update_usage_from_migration, _update_usage_from_migrations) at
 * 2014.2; NOV-252.
 */
import type { Env, RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { KeyError } from "../../../../python/index.js";
import { FlavorNotFound } from "../../exception.js";
import type { MigratingInstance, MigrationInProgress } from "../../conductor/rpcapi.js";
import { copiedFlavor, getFlavorById, type Stash } from "../../objects/flavor.js";
import type { SystemMetadata } from "../../objects/instance.js";
import type { ConductorStore } from "../../objects/wire/conductor-store.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { HeldFlavor, NodeUsage } from "./node-usage.js";

/** From where to where, and between which flavors. */
export interface Move {
  readonly instance_uuid: string;
  readonly source_compute: string | null;
  readonly source_node: string | null;
  readonly dest_compute: string | null;
  readonly dest_node: string | null;
  readonly old_instance_type_id: number | null;
  readonly new_instance_type_id: number | null;
}

/** Which flavor it has, and the copies of others. */
interface Mover {
  readonly instance_type_id: number;
  readonly system_metadata: SystemMetadata;
}

export class MigrationUsage {
  readonly #env: Env;
  readonly #store: ConductorStore;
  readonly #usage: NodeUsage;

  constructor(env: Env, store: ConductorStore, usage: NodeUsage) {
    this.#env = env;
    this.#store = store;
    this.#usage = usage;
  }

  /** Hold what this node has to hold for one of them. @throws FlavorNotFound */
  *count(ctxt: RequestContext, move: Move, mover: Mover): Op<void> {
    const { instance_uuid: uuid, old_instance_type_id, new_instance_type_id } = move;
    const incoming = this.#here(move.dest_compute, move.dest_node);
    const outbound = this.#here(move.source_compute, move.source_node);
    const known = this.#usage.tracks(uuid);
    const { instance_type_id, system_metadata } = mover;
    let stash: Stash | undefined;
    if (incoming && outbound) stash = instance_type_id === old_instance_type_id ? "new_" : "old_";
    else if (incoming && !known) stash = "new_";
    else if (outbound && !known) stash = "old_";
    if (stash === undefined) return;
    const id = stash === "new_" ? new_instance_type_id : old_instance_type_id;
    const flavor = yield* this.flavor(ctxt, system_metadata, stash, id ?? instance_type_id);
    this.#usage.hold(uuid, flavor);
  }

  /** At an audit: the newest of each server that is in the middle of it. */
  *countAll(ctxt: RequestContext, moves: readonly MigrationInProgress[]): Op<void> {
    const newest = new Map<string, [MigrationInProgress, MigratingInstance]>();
    for (const move of moves) {
      const { instance } = move;
      if (instance === null) continue;
      if (!isResizing(instance)) {
        this.#env.log("warning", "Instance not resizing, skipping migration.");
        continue;
      }
      const [before] = newest.get(instance.uuid) ?? [];
      const date = (one: MigrationInProgress): string => one.updated_at ?? "";
      if (before === undefined || date(move) >= date(before)) {
        newest.set(instance.uuid, [move, instance]);
      }
    }
    for (const [move, instance] of newest.values()) {
      const { instance_type_id, system_metadata: items } = instance;
      const system_metadata = Object.fromEntries(items.map(({ key, value }) => [key, value]));
      try {
        yield* this.count(ctxt, move, { instance_type_id, system_metadata });
      } catch (thrown) {
        const error = yield* caught(thrown);
        if (!(error instanceof FlavorNotFound)) throw error;
        this.#env.log("warning", "Flavor could not be found, skipping migration.");
      }
    }
  }

  /** `_get_instance_type`: the copy, or else the flavor as it is today. @throws FlavorNotFound */
  *flavor(
    ctxt: RequestContext,
    systemMetadata: SystemMetadata,
    stash: Stash,
    id: number,
  ): Op<HeldFlavor> {
    try {
      return copiedFlavor(systemMetadata, stash);
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
    }
    return yield* getFlavorById(this.#store, ctxt, id);
  }

  #here(host: string | null, node: string | null): boolean {
    return host === this.#env.host && node === this.#usage.node;
  }
}

const TASKS: readonly (string | null)[] = [
  taskStates.RESIZE_PREP,
  taskStates.RESIZE_MIGRATING,
  taskStates.RESIZE_MIGRATED,
  taskStates.RESIZE_FINISH,
];

/** `_instance_in_resize_state`. */
function isResizing({ vm_state, task_state }: MigratingInstance): boolean {
  if (vm_state === vmStates.RESIZED) return true;
  const settled = vm_state === vmStates.ACTIVE || vm_state === vmStates.STOPPED;
  return settled && TASKS.includes(task_state);
}
