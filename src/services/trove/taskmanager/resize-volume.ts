/**
 * A volume grows: the server is stopped and the volume taken out of the guest, since Cinder extends none that
 * is attached. Each step says what is done if it fails; a failure that is not followed by a restart leaves the
 * task as it is, for ever. Upstream: trove/taskmanager/models.py (ResizeVolumeAction) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { Exception, JsonObject } from "../../../python/index.js";
import type { TroveContext } from "../context.js";
import { PollTimeOut, TroveError } from "../exception.js";
import {
  setServiceStatus,
  updateInstance,
  instanceRecord,
  type Instance,
} from "../instance/instances.js";
import { FAILED } from "../instance/service-status.js";
import { pollUntil } from "../poll.js";
import { isoTime } from "../times.js";
import { resetTask, restartInstance } from "./restart.js";
import type { TaskParts } from "./task-parts.js";
import { sendUsageEvent } from "./usage-events.js";

export function* resizeVolume(
  parts: TaskParts,
  ctxt: TroveContext,
  instance: Instance,
  newSize: number,
): Op<void> {
  const { row, server } = instance;
  const { uuid: id, volume_size: oldSize } = row;
  const change = `from ${String(oldSize ?? "None")} GB to ${String(newSize)} GB`;
  parts.env.log("info", `Resizing volume for instance ${id} ${change}.`);
  if (server.status !== "ACTIVE") {
    resetTask(parts, id);
    const serverId = row.compute_instance_id ?? "None";
    throw new TroveError(
      {},
      `Failed to resize instance ${id} volume for server ${serverId}. The instance must be in state ` +
        `ACTIVE not ${server.status}.`,
    );
  }
  const action = new VolumeResizing(parts, ctxt, instance, newSize);
  yield* action.run();
  resetTask(parts, id);
  const volume = yield* action.volume();
  const now = instanceRecord(parts, ctxt, id);
  const modified = isoTime(now.updated_at ?? now.created_at);
  const seen = { ...instance, row: now, server: { ...server, status: "" } };
  yield* sendUsageEvent(parts, ctxt, seen, {
    event: "modify_volume",
    extra: {
      old_volume_size: oldSize,
      launched_at: modified,
      modify_at: modified,
      volume_size: volume["size"] ?? null,
    },
  });
  parts.env.log("info", `Resized volume for instance ${id} successfully.`);
}

class VolumeResizing {
  readonly #parts: TaskParts;
  readonly #ctxt: TroveContext;
  readonly #id: string;
  readonly #serverId: string;
  readonly #volumeId: string;
  readonly #newSize: number;
  readonly #device: { readonly device_path: string; readonly mount_point: string };

  constructor(parts: TaskParts, ctxt: TroveContext, { row }: Instance, newSize: number) {
    const { devicePath: device_path, mountPoint: mount_point } = parts.optionsOf(row);
    this.#parts = parts;
    this.#ctxt = ctxt;
    this.#id = row.uuid;
    this.#serverId = row.compute_instance_id ?? "None";
    this.#volumeId = row.volume_id ?? "None";
    this.#newSize = newSize;
    this.#device = { device_path: device_path ?? "", mount_point };
  }

  *run(): Op<void> {
    const restart = (what: string, error: Exception) => this.#recoverRestart(what, error);
    const mount = (what: string, error: Exception) => this.#recoverMount(what, error);
    const full = (what: string, error: Exception) => this.#recoverFull(what, error);
    const fail = (what: string, error: Exception) => this.#fail(what, error);
    yield* this.#guest.stopDb();
    yield* this.#orElse("_unmount_volume", this.#guest.unmountVolume(this.#device), restart);
    yield* this.#orElse("_detach_volume", this.#detach(), mount);
    yield* this.#orElse("_extend", this.#extend(), full);
    yield* this.#verify();
    // From here on there is nothing to go back to.
    yield* this.#orElse("_attach_volume", this.#attach(), fail);
    yield* this.#orElse("_resize_fs", this.#guest.resizeFs(this.#device), fail);
    yield* this.#orElse("_mount_volume", this.#guest.mountVolume(this.#device), fail);
    yield* restartInstance(this.#parts, this.#ctxt, this.#id);
  }

  volume(): Op<JsonObject> {
    return this.#cinder.get(this.#volumeId);
  }

  get #guest() {
    return this.#parts.guest(this.#ctxt, this.#id);
  }

  get #cinder() {
    return this.#parts.remote.cinder(this.#ctxt).volumes;
  }

  get #nova() {
    return this.#parts.remote.nova(this.#ctxt).volumes;
  }

  *#detach(): Op<void> {
    yield* this.#nova.detach(this.#serverId, this.#volumeId);
    yield* this.#until(({ status }) => status === "available");
  }

  *#extend(): Op<void> {
    yield* this.#cinder.extend(this.#volumeId, this.#newSize);
  }

  *#attach(): Op<void> {
    yield* this.#nova.attach(this.#serverId, this.#volumeId, this.#device.device_path);
    yield* this.#until(({ status }) => status === "in-use");
  }

  /** `_verify_extend`. */
  *#verify(): Op<void> {
    const { env, db } = this.#parts;
    const about = `volume ${this.#volumeId} for instance ${this.#id}`;
    try {
      yield* this.volume();
      yield* this.#until(({ size }) => size === this.#newSize);
      updateInstance(db, this.#id, { volume_size: this.#newSize });
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (!(error instanceof PollTimeOut)) {
        const words = `Error encountered trying to verify extend for the ${about}`;
        this.#parts.exception(words, error);
        yield* this.#recoverFull("_verify_extend", error);
        throw error;
      }
      env.log("error", `Timeout trying to extend the ${about}`);
      const volume = yield* this.volume();
      const size = Number(volume["size"]);
      if (volume["status"] === "extending") yield* this.#fail("_verify_extend", error);
      else if (size !== this.#newSize) {
        updateInstance(db, this.#id, { volume_size: size });
        yield* this.#recoverFull("_verify_extend", error);
      }
      throw error;
    }
  }

  #until(satisfied: (volume: JsonObject) => boolean): Op<void> {
    const { env, flags } = this.#parts;
    const patience = { sleepTime: 2, timeOut: flags.volume_time_out };
    const self = this.volume.bind(this);
    return pollUntil(env, patience, function* () {
      return satisfied(yield* self());
    });
  }

  /** `try_recover`: what was raised is raised again. */
  *#orElse(
    name: string,
    op: Op<unknown>,
    recover: (name: string, error: Exception) => Op<void>,
  ): Op<void> {
    try {
      yield* op;
    } catch (thrown) {
      const error = yield* caught(thrown);
      yield* recover(name, error);
      throw error;
    }
  }

  *#fail(name: string, error: Exception): Op<void> {
    this.#say(name, "Setting service status to failed.", error);
    setServiceStatus(this.#parts.db, this.#id, FAILED);
  }

  *#recoverRestart(name: string, error: Exception): Op<void> {
    this.#say(name, "Trying to recover by restarting the guest.", error);
    yield* restartInstance(this.#parts, this.#ctxt, this.#id);
  }

  *#recoverMount(name: string, error: Exception): Op<void> {
    const how = "Trying to recover by mounting the volume and then restarting the guest.";
    this.#say(name, how, error);
    yield* this.#guest.mountVolume(this.#device);
    yield* restartInstance(this.#parts, this.#ctxt, this.#id);
  }

  *#recoverFull(name: string, error: Exception): Op<void> {
    const how =
      "Trying to recover by attaching and mounting the volume and then restarting the guest.";
    this.#say(name, how, error);
    yield* this.#attach();
    yield* this.#guest.mountVolume(this.#device);
    yield* restartInstance(this.#parts, this.#ctxt, this.#id);
  }

  #say(name: string, how: string, error: Exception): void {
    const what = "encountered an error when attempting to resize the volume for instance";
    this.#parts.exception(`${name} ${what} ${this.#id}. ${how}`, error);
  }
}
