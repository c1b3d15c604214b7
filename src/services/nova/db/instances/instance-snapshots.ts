/**
 * Instances that are read and never written: of a row there is one object, for as long as it and the rows beside it
 * are the same values. Clients look at servers far more often than servers change, and an object has sixty fields.
 * Whoever changes an instance makes his own. Upstream reads every row anew; what is seen is the same.
 */
import type { Row } from "../../../../framework/index.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaDatabase } from "../database.js";
import type { InstanceRow } from "../schema.js";
import { instanceFromRow } from "./instances.js";

interface Snapshot {
  /** The rows of other tables that it was made from. */
  readonly beside: readonly (object | undefined)[];
  readonly instance: Instance;
}

export class InstanceSnapshots {
  readonly #db: NovaDatabase;
  readonly #store: ObjectStore;
  readonly #known = new WeakMap<Row<InstanceRow>, Snapshot>();

  constructor(db: NovaDatabase, store: ObjectStore) {
    this.#db = db;
    this.#store = store;
  }

  /** The instance of `row`, which nobody may change. */
  of(row: Row<InstanceRow>): Instance {
    const beside = this.#beside(row.uuid);
    const known = this.#known.get(row);
    if (known?.beside.every((other, at) => other === beside[at]) === true) return known.instance;
    const instance = instanceFromRow(this.#db, this.#store, row);
    this.#known.set(row, { beside, instance });
    return instance;
  }

  #beside(uuid: string): readonly (object | undefined)[] {
    const db = this.#db;
    return [
      db.instance_info_caches.getAny(uuid),
      db.instance_metadata.getAny(uuid),
      db.instance_system_metadata.getAny(uuid),
      db.instance_extra.getAny(uuid),
    ];
  }
}
