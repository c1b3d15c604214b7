/** OS::Trove::Instance: a server with a database. Upstream: heat/engine/resources/os_database.py (OSDBInstance) at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import {
  isUuidLike,
  str,
  textOf,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { exceptionOf } from "../../scheduler/task.js";
import { ResourceInError } from "../errors.js";
import type { Handler } from "../resource.js";
import {
  itemsOf,
  objectsOf,
  ServiceResource,
  watched,
  type TypeFacts,
} from "../service-resource.js";
import { TROVE_INSTANCE, validateInstance } from "./properties.js";

export class TroveInstance extends ServiceResource {
  protected override get facts(): TypeFacts {
    return TROVE_INSTANCE;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* validateInstance(
      this.name,
      (name) => this.properties.get(name),
      (datastore) => this.clients.trove.versions(datastore),
    );
  }

  protected override createHandler(): Handler {
    return watched(
      () => this.#make(),
      () => this.#made(),
    );
  }

  *#make(): Op<void> {
    const { trove } = this.clients;
    const flavorRef = yield* trove.flavorId(str(yield* this.properties.get("flavor")));
    const wanted: Record<string, Json> = {
      name: (yield* this.text("name")) ?? this.physicalName(),
      flavorRef,
      volume: { size: yield* this.properties.get("size") },
    };
    const databases = yield* this.list("databases");
    if (databases.length > 0) wanted["databases"] = databases;
    const users = objectsOf(yield* this.list("users")).map((user) => ({
      ...user,
      databases: itemsOf(user["databases"]).map((name) => ({ name })),
    }));
    if (users.length > 0) wanted["users"] = users;
    const backupRef = yield* this.text("restore_point");
    if (backupRef !== undefined) wanted["restorePoint"] = { backupRef };
    const zone = yield* this.text("availability_zone");
    if (zone !== undefined) wanted["availability_zone"] = zone;
    const type = yield* this.text("datastore_type");
    const version = yield* this.text("datastore_version");
    if (type !== undefined) {
      wanted["datastore"] = { type, ...(version !== undefined && { version }) };
    }
    const nics = yield* this.#nics();
    if (nics.length > 0) wanted["nics"] = nics;
    this.setResourceId(textOf(yield* trove.create(wanted), "id"));
  }

  /** As Trove's library has them. */
  *#nics(): Op<JsonObject[]> {
    const { nova, neutron } = this.clients;
    const nics: JsonObject[] = [];
    for (const nic of objectsOf(yield* this.list("networks"))) {
      const { network = null, port = null, fixed_ip = null } = nic;
      const label = str(network);
      nics.push({
        ...(truth(network) && {
          "net-id": isUuidLike(label) ? label : yield* nova.networkNamed(label),
        }),
        ...(truth(port) && { "port-id": yield* neutron.find("port", str(port)) }),
        ...(truth(fixed_ip) && { "v4-fixed-ip": fixed_ip }),
      });
    }
    return nics;
  }

  /** `_refresh_instance`; undefined where Trove is asked too much. */
  *#refreshed(): Op<JsonObject | undefined> {
    const { trove } = this.clients;
    try {
      return yield* trove.instance(this.ownId);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!trove.isOverLimit(error)) throw error;
      const { name, id, parts } = this.stack;
      const what = "received an OverLimit response during instance.get()";
      parts.log("warning", `Stack ${name} (${str(id)}) ${what}: ${error.message}`);
      return undefined;
    }
  }

  *#made(): Op<boolean> {
    const instance = yield* this.#refreshed();
    const status = str(instance?.["status"] ?? null);
    if (status === "ERROR" || status === "FAILED") throw new ResourceInError(status);
    return status === "ACTIVE";
  }

  protected override deleteHandler(): Handler {
    let there = false;
    const { trove } = this.clients;
    const { resourceId: id } = this;
    const known = (op: Op<unknown>): Op<boolean> => this.#unlessGone(op);
    const refreshed = (): Op<unknown> => this.#refreshed();
    return watched(
      function* () {
        if (id === null) return;
        there = yield* known(trove.instance(id));
        if (there) yield* trove.delete(id);
      },
      function* () {
        return !there || !(yield* known(refreshed()));
      },
    );
  }

  /** @returns whether it is there */
  *#unlessGone(op: Op<unknown>): Op<boolean> {
    try {
      yield* op;
      return true;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (this.clients.trove.isNotFound(error)) return false;
      throw error;
    }
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    const instance = yield* this.clients.trove.instance(this.ownId);
    if (name === "hostname") return instance["hostname"] ?? null;
    return objectsOf(instance["links"]).find(({ rel }) => rel === "self")?.["href"] ?? null;
  }
}
