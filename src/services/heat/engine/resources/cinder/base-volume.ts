/**
 * What volumes of both kinds have in common: how they are made, watched and deleted. One whose deletion
 * fails is looked at until the time of its stack is up (bug 1496445). Upstream:
 * heat/engine/resources/volume.py (Volume) at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../kernel/index.js";
import { str, textOf, type Json, type JsonObject } from "../../../../../python/index.js";
import type { NewVolume } from "../../../../cinder/client/index.js";
import { HeatError, ResourceInError, ResourceUnknownStatus } from "../errors.js";
import type { Handler } from "../resource.js";
import { ServiceResource } from "../service-resource.js";

export const statusOf = (thing: JsonObject): string => str(thing["status"] ?? null);

export abstract class BaseVolume extends ServiceResource {
  /** Of one that is on its way. */
  protected abstract readonly creating: readonly string[];
  /** The property that says which backup it is made of. */
  protected abstract readonly backupProperty: string;

  protected abstract displayName(): Op<Json>;
  protected abstract displayDescription(): Op<Json>;
  protected abstract createArguments(): Op<NewVolume>;

  protected override createHandler(): Handler {
    const make = (): Op<void> => this.#make();
    const made = (): Op<boolean> => this.#made();
    return {
      *handle() {
        yield* make();
        return null;
      },
      check: made,
    };
  }

  *#make(): Op<void> {
    const backup = yield* this.properties.get(this.backupProperty);
    const cinder = yield* this.clients.cinder.client();
    const name = yield* this.displayName();
    const description = yield* this.displayDescription();
    if (backup === null) {
      const wanted = yield* this.createArguments();
      const { id } = yield* cinder.volumes.create({ name, description, ...wanted });
      this.setResourceId(id);
      return;
    }
    const { volume_id } = yield* cinder.backups.restore(str(backup));
    const { id } = yield* cinder.volumes.get(str(volume_id ?? null));
    yield* cinder.volumes.update(id, { display_name: name, display_description: description });
    this.setResourceId(id);
  }

  *#made(): Op<boolean> {
    const status = statusOf(yield* this.volume());
    if (status === "available") return true;
    if (this.creating.includes(status)) return false;
    if (status === "error") throw new ResourceInError(status);
    throw new ResourceUnknownStatus("Volume create failed", status);
  }

  protected *volume(): Op<JsonObject> {
    return yield* (yield* this.clients.cinder.client()).volumes.get(this.ownId);
  }

  protected override deleteHandler(): Handler {
    return this.byTask(() => this.#deleted(false));
  }

  /** Under the policy that a backup is made first, unless the volume has failed. */
  protected override snapshotDeleteHandler(failed: boolean): Handler {
    return this.byTask(() => this.#deleted(!failed));
  }

  *#deleted(backedUp: boolean): Stepped {
    const { resourceId: id } = this;
    if (id === null) return;
    try {
      const { volumes } = yield* this.clients.cinder.client();
      let volume = yield* volumes.get(id);
      if (backedUp) {
        yield* this.#backup(id);
        volume = yield* volumes.get(id);
      }
      if (statusOf(volume) === "in-use") throw new HeatError("Volume in use");
      yield* volumes.delete(id);
      for (;;) {
        yield* endStep();
        yield* volumes.get(id);
      }
    } catch (error) {
      if (!this.clients.cinder.isNotFound(error)) throw error;
    }
  }

  *#backup(volume: string): Stepped {
    const { backups } = yield* this.clients.cinder.client();
    let backup: JsonObject = yield* backups.create(volume);
    const id = textOf(backup, "id");
    // Of a new one, Cinder says nothing but its id.
    if (backup["status"] === undefined) backup = yield* backups.get(id);
    while (statusOf(backup) === "creating") {
      yield* endStep();
      backup = yield* backups.get(id);
    }
    if (statusOf(backup) === "available") return;
    throw new ResourceUnknownStatus("Volume backup failed", statusOf(backup));
  }
}
