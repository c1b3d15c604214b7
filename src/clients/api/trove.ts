/** Trove's API for programs. Upstream: troveclient/v1/client.py, 1.0.7. */
import { assertOptions, type Op } from "../../kernel/index.js";
import { quote, type Json } from "../../python/index.js";
import { getList, type Asker } from "./asking.js";
import { Collection } from "./collection.js";
import { ApiPart } from "./part.js";
import { anything, list, maybe, nullable, number, object, text, type Shaped } from "./shape.js";

const INSTANCE = object({
  id: text,
  name: text,
  status: text,
  flavor: object({ id: text }),
  /** Its size in GB. */
  volume: maybe(object({ size: number })),
  datastore: object({ type: text, version: text }),
  created: maybe(text),
  updated: maybe(text),
  ip: maybe(list(text)),
  hostname: maybe(text),
});

const DATABASE = object({ name: text });
const USER = object({ name: text, host: text, databases: list(object({ name: text })) });
const BACKUP = object({
  id: text,
  name: text,
  status: text,
  instance_id: text,
  description: nullable(text),
  /** GB. */
  size: nullable(number),
  created: text,
  updated: text,
  locationRef: nullable(text),
  parent_id: nullable(text),
});
const DATASTORE = object({
  id: text,
  name: text,
  versions: maybe(list(object({ id: text, name: text }))),
  default_version: maybe(anything),
});

/**
 * A database instance.
 *
 * @example
 * ```ts
 * import { Cloud, type TroveInstance } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, preset: "full" });
 * const demo = cloud.user("demo");
 * const instances: readonly TroveInstance[] = cloud.run(demo.trove.instances.list());
 * instances.length; // → 0
 * ```
 */
export type TroveInstance = Shaped<typeof INSTANCE>;
/**
 * A database in an instance.
 *
 * @example
 * ```ts
 * import type { TroveDatabase } from "novasim";
 *
 * const database: TroveDatabase = { name: "app" };
 * database.name; // → "app"
 * ```
 */
export type TroveDatabase = Shaped<typeof DATABASE>;
/**
 * A user of an instance's databases.
 *
 * @example
 * ```ts
 * import type { TroveUser } from "novasim";
 *
 * const user: TroveUser = { name: "ann", host: "%", databases: [{ name: "app" }] };
 * user.host; // → "%"
 * ```
 */
export type TroveUser = Shaped<typeof USER>;
/**
 * A backup of an instance.
 *
 * @example
 * ```ts
 * import { Cloud, type TroveBackup } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, preset: "full" });
 * const demo = cloud.user("demo");
 * const backups: readonly TroveBackup[] = cloud.run(demo.trove.backups.list());
 * backups.length; // → 0
 * ```
 */
export type TroveBackup = Shaped<typeof BACKUP>;
/**
 * What kinds of databases there are.
 *
 * @example
 * ```ts
 * import { Cloud, type TroveDatastore } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, preset: "full" });
 * const demo = cloud.user("demo");
 * const stores: readonly TroveDatastore[] = cloud.run(demo.trove.datastores.list());
 * stores.some(({ name }) => name === "mysql"); // → true
 * ```
 */
export type TroveDatastore = Shaped<typeof DATASTORE>;

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import type { NewTroveInstance } from "novasim";
 *
 * const wanted: NewTroveInstance = { name: "db1", flavorRef: "2", volume: { size: 1 } };
 * wanted.name; // → "db1"
 * ```
 */
export interface NewTroveInstance {
  readonly name: string;
  /** The id of a flavor, as Nova has it. */
  readonly flavorRef: string;
  /** GB. */
  readonly volume?: { readonly size: number };
  readonly databases?: readonly { readonly name: string }[];
  readonly users?: readonly { readonly name: string; readonly password: string }[];
  readonly datastore?: { readonly type?: string; readonly version?: string };
  readonly restorePoint?: { readonly backupRef: string };
}

/**
 * Database instances, and what is in one: `demo.trove.instances`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, preset: "full" });
 * cloud.run(cloud.user("demo").trove.instances.list()).length; // → 0
 * ```
 */
export class TroveInstances extends Collection<TroveInstance, NewTroveInstance> {
  /** @throws ClientException */
  restart(nameOrId: string): Op<void> {
    return this.#act(nameOrId, { restart: {} });
  }

  /** Give it another flavor, by its id. @throws ClientException */
  resize(nameOrId: string, flavorRef: string): Op<void> {
    return this.#act(nameOrId, { resize: { flavorRef } });
  }

  /** @param size GB, in all @throws ClientException */
  resizeVolume(nameOrId: string, size: number): Op<void> {
    return this.#act(nameOrId, { resize: { volume: { size } } });
  }

  /** @throws ClientException */
  *databases(nameOrId: string): Op<readonly TroveDatabase[]> {
    return yield* getList(
      this.asker,
      yield* this.#below(nameOrId, "databases"),
      DATABASE,
      "databases",
    );
  }

  /** @throws ClientException */
  *createDatabase(nameOrId: string, name: string): Op<void> {
    const path = yield* this.#below(nameOrId, "databases");
    yield* this.asker.request("POST", path, { databases: [{ name }] });
  }

  /** @throws ClientException */
  *users(nameOrId: string): Op<readonly TroveUser[]> {
    return yield* getList(this.asker, yield* this.#below(nameOrId, "users"), USER, "users");
  }

  /** @param databases that they may use @throws ClientException */
  *createUser(
    nameOrId: string,
    user: {
      readonly name: string;
      readonly password: string;
      readonly databases?: readonly string[];
    },
  ): Op<void> {
    assertOptions(user, "createUser", ["name", "password", "databases"]);
    const { name, password, databases = [] } = user;
    const path = yield* this.#below(nameOrId, "users");
    const asked = { name, password, databases: databases.map((database) => ({ name: database })) };
    yield* this.asker.request("POST", path, { users: [asked] });
  }

  /** @throws ClientException */
  *deleteUser(nameOrId: string, user: string): Op<void> {
    yield* this.asker.request("DELETE", `${yield* this.#below(nameOrId, "users")}/${quote(user)}`);
  }

  *#act(nameOrId: string, body: Json): Op<void> {
    yield* this.asker.request("POST", yield* this.#below(nameOrId, "action"), body);
  }

  *#below(nameOrId: string, what: string): Op<string> {
    return `${this.place.path}/${yield* this.idOf(nameOrId)}/${what}`;
  }
}

/**
 * Trove for programs: `demo.trove`. A cloud has it that was told to: `services: ["trove"]`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, preset: "full" });
 * const { trove } = cloud.user("demo");
 * cloud.run(trove.instances.list()).length; // → 0
 * ```
 */
export class TroveApi extends ApiPart {
  readonly instances: TroveInstances;
  readonly backups: Collection<
    TroveBackup,
    { readonly name: string; readonly instance: string; readonly description?: string }
  >;
  readonly datastores: Collection<TroveDatastore>;

  constructor(asker: Asker) {
    super();
    this.instances = new TroveInstances(asker, {
      what: "instance",
      path: "/instances",
      shape: INSTANCE,
    });
    this.backups = new Collection(asker, { what: "backup", path: "/backups", shape: BACKUP });
    this.datastores = new Collection(asker, {
      what: "datastore",
      path: "/datastores",
      shape: DATASTORE,
    });
  }
}
