/** Keypairs of the user who asks, by name. Upstream: novaclient/v1_1/keypairs.py. */
import type { Op } from "../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

export class KeypairManager extends Manager {
  /** Without `publicKey` Nova makes both, and answers the private one this once. */
  add(name: string, publicKey?: string): Op<JsonObject> {
    const keypair = publicKey === undefined ? { name } : { name, public_key: publicKey };
    return this.create("/os-keypairs", { keypair }, "keypair", isObjectAtAll);
  }

  one(name: string): Op<JsonObject> {
    return this.get(`/os-keypairs/${name}`, "keypair", isObjectAtAll);
  }

  *all(): Op<JsonObject[]> {
    const listed = yield* this.list("/os-keypairs", "keypairs", isObjectAtAll);
    // Each is wrapped once more in the list (KeyPair._add_details).
    return listed.map((item) => (isObject(item["keypair"]) ? item["keypair"] : item));
  }

  *delete(name: string): Op<void> {
    yield* this.remove(`/os-keypairs/${name}`);
  }
}
