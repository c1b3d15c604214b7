/**
 * A server gets another flavor, or another host: the database is stopped, Nova does its part, and then
 * everything has to answer again before it is confirmed. Upstream: trove/taskmanager/models.py
 * (ResizeActionBase, ResizeAction, MigrateAction) at 2014.2.
 */
import { caught, done, type Op } from "../../../kernel/index.js";
import type { Server } from "../../nova/client/index.js";
import { renderedConfig } from "../configuration/config-template.js";
import type { TroveContext } from "../context.js";
import { TroveError } from "../exception.js";
import {
  instanceRecord,
  serviceStatus,
  setServiceStatus,
  updateInstance,
  type Instance,
} from "../instance/instances.js";
import { PAUSED, RUNNING, SHUTDOWN, type ServiceStatus } from "../instance/service-status.js";
import { NONE, taskColumns, taskOf } from "../instance/tasks.js";
import { pollUntil } from "../poll.js";
import { isoTime } from "../times.js";
import { resetTask } from "./restart.js";
import type { FlavorOnWire } from "./rpcapi.js";
import type { TaskParts } from "./task-parts.js";
import { sendUsageEvent } from "./usage-events.js";

export interface Resized {
  readonly parts: TaskParts;
  readonly ctxt: TroveContext;
  readonly instance: Instance;
}

abstract class ResizeAction {
  protected readonly of: Resized;
  protected readonly id: string;
  protected readonly serverId: string;
  /** As Nova last had it. */
  protected server: Pick<Server, "status"> & { readonly flavor?: Server["flavor"] };

  constructor(of: Resized) {
    const { uuid, compute_instance_id } = of.instance.row;
    this.of = of;
    this.id = uuid;
    this.serverId = compute_instance_id ?? "None";
    this.server = of.instance.server;
  }

  /** Whatever comes of it, the task is over then. @throws what went wrong */
  *execute(): Op<void> {
    const { parts, ctxt } = this.of;
    try {
      yield* this.guest.stopDb(true);
      yield* this.#untilService((status) => status.code === SHUTDOWN.code);
      yield* this.#perform();
    } finally {
      const { text } = taskOf(instanceRecord(parts, ctxt, this.id));
      if (text !== NONE.text) resetTask(parts, this.id);
    }
  }

  protected abstract begin(): Op<void>;
  protected abstract assertSuccess(): void;
  protected abstract startDatastore(): Op<void>;
  protected abstract recordSuccess(): Op<void>;
  /** Before Nova is asked to revert. */
  protected abstract repair(): Op<void>;

  protected get guest() {
    return this.of.parts.guest(this.of.ctxt, this.id);
  }

  protected get nova() {
    return this.of.parts.remote.nova(this.of.ctxt);
  }

  *#perform(): Op<void> {
    const { parts } = this.of;
    let toRevert = false;
    try {
      yield* this.begin();
      yield* this.#untilServer((status) => status !== "RESIZE", parts.flags.resize_time_out);
      if (this.#status !== "VERIFY_RESIZE") {
        const words = `Migration failed! status=${this.server.status} and not VERIFY_RESIZE`;
        throw new TroveError({}, words);
      }
      toRevert = true;
      this.assertSuccess();
      // No guest says so by itself.
      setServiceStatus(parts.db, this.id, PAUSED);
      yield* this.#untilService((status) => status.code !== PAUSED.code);
      yield* this.startDatastore();
      yield* this.#untilService((status) => status.code === RUNNING.code);
      yield* this.nova.action(this.serverId, "confirmResize");
    } catch (thrown) {
      const error = yield* caught(thrown);
      parts.exception("Exception during nova action.", error);
      if (toRevert) {
        parts.env.log("error", `Reverting action for instance ${this.id}`);
        yield* this.repair();
        yield* this.nova.action(this.serverId, "revertResize");
        yield* this.#untilServer((status) => status === "ACTIVE", parts.flags.revert_time_out);
      }
      if (this.#status === "ACTIVE") {
        parts.env.log("error", "Restarting datastore.");
        yield* this.guest.restart();
      } else {
        parts.env.log("error", "Cannot restart datastore because Nova server status is not ACTIVE");
      }
      parts.env.log("error", `Error resizing instance ${this.id}.`);
      throw error;
    }
    yield* this.recordSuccess();
  }

  get #status(): string {
    return this.server.status.toUpperCase();
  }

  *#untilServer(satisfied: (status: string) => boolean, timeOut: number): Op<void> {
    const refresh = this.#refresh.bind(this);
    yield* pollUntil(this.of.parts.env, { sleepTime: 2, timeOut }, function* () {
      return satisfied(yield* refresh());
    });
  }

  *#refresh(): Op<string> {
    this.server = yield* this.nova.server(this.serverId);
    return this.#status;
  }

  *#untilService(satisfied: (status: ServiceStatus) => boolean): Op<void> {
    const { env, db, flags } = this.of.parts;
    yield* pollUntil(env, { sleepTime: 2, timeOut: flags.resize_time_out }, () =>
      done(satisfied(serviceStatus(db, this.id))),
    );
  }
}

export class ResizeFlavorAction extends ResizeAction {
  readonly #old: FlavorOnWire;
  readonly #new: FlavorOnWire;

  constructor(of: Resized, oldFlavor: FlavorOnWire, newFlavor: FlavorOnWire) {
    super(of);
    this.#old = oldFlavor;
    this.#new = newFlavor;
  }

  protected override begin(): Op<void> {
    return this.nova.action(this.serverId, "resize", { flavorRef: this.#new.id });
  }

  protected override assertSuccess(): void {
    const flavor = this.server.flavor?.id ?? "None";
    if (flavor === this.#new.id) return;
    throw new TroveError({}, `Assertion failed! flavor_id=${flavor} and not ${this.#new.id}`);
  }

  protected override startDatastore(): Op<void> {
    return this.guest.startDbWithConfChanges(this.#config(this.#new));
  }

  protected override repair(): Op<void> {
    return this.guest.resetConfiguration(this.#config(this.#old));
  }

  #config({ ram }: FlavorOnWire): string {
    const version = this.of.parts.versionOf(this.of.instance.row);
    return renderedConfig({ version, ram, id: this.id });
  }

  protected override *recordSuccess(): Op<void> {
    const { parts, ctxt, instance } = this.of;
    const { id: flavor_id } = this.#new;
    const row = updateInstance(parts.db, this.id, { flavor_id, ...taskColumns(NONE) });
    const modified = isoTime(row.updated_at ?? row.created_at);
    const seen = { ...instance, row, server: { ...instance.server, status: "" } };
    yield* sendUsageEvent(parts, ctxt, seen, {
      event: "modify_flavor",
      instanceSize: this.#new.ram,
      server: this.server,
      extra: {
        old_instance_size: this.#old.ram,
        launched_at: modified,
        modify_at: modified,
      },
    });
  }
}

export class MigrateAction extends ResizeAction {
  readonly #host: string | null;

  constructor(of: Resized, host: string | null) {
    super(of);
    this.#host = host;
  }

  /** The host is told by an extension of the action's own name. */
  protected override begin(): Op<void> {
    return this.nova.action(this.serverId, "migrate", { force_host: this.#host });
  }

  protected override assertSuccess(): void {
    // There is nothing by which it could be told.
  }

  protected override startDatastore(): Op<void> {
    return this.guest.restart();
  }

  protected override repair(): Op<void> {
    return done(undefined);
  }

  protected override recordSuccess(): Op<void> {
    return done(undefined);
  }
}
