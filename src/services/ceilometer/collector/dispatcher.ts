/**
 * What the collector does with samples: those with a right signature it writes into the database; what fails
 * for one is logged, and the sample is lost. Upstream: ceilometer/dispatcher/database.py at 2014.2, the only
 * dispatcher here.
 */
import type { Env } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { asDict, isObject, item, repr, str, type Json } from "../../../python/index.js";
import { secretFlags } from "../publisher/flags.js";
import { Signer } from "../publisher/signature.js";
import type { CeilometerDatabase } from "../storage/database.js";
import { recordSample } from "../storage/record.js";

export class DatabaseDispatcher {
  readonly #env: Env;
  readonly #database: CeilometerDatabase;
  readonly #signer: Signer;

  constructor(env: Env, database: CeilometerDatabase) {
    this.#env = env;
    this.#database = database;
    this.#signer = new Signer(env.flags.read(secretFlags).metering_secret);
  }

  /** One sample, or a list of them. @throws what Python does at a sample that is no dictionary */
  *record(data: Json): Op<void> {
    const meters: readonly Json[] =
      data !== null && typeof data === "object" && !isObject(data) ? data : [data];
    for (const meter of meters) yield* this.#recordOne(meter);
  }

  *#recordOne(meter: Json): Op<void> {
    const [name, resource, volume] = ["counter_name", "resource_id", "counter_volume"].map((key) =>
      str(item(meter, key)),
    );
    const known = asDict(meter, "get");
    const at = str(known["timestamp"] ?? "NO TIMESTAMP");
    this.#env.log("debug", `metering data ${name} for ${resource} @ ${at}: ${volume}`);
    if (!this.#signer.isSigned(known)) {
      this.#env.log("warning", `message signature invalid, discarding message: ${repr(known)}`);
      return;
    }
    try {
      recordSample(this.#database, known);
    } catch (thrown) {
      const { name: error, message } = yield* caught(thrown);
      this.#env.log("error", `Failed to record metering data: ${message} (${error})`);
    }
  }
}
