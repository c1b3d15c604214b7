/** OS::Nova::KeyPair. Upstream: heat/engine/resources/nova_keypair.py at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { str, textOf, truth, type Json } from "../../../../../python/index.js";
import { range } from "../../parameters/constraints.js";
import { boolean, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler } from "../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../service-resource.js";

const FACTS: TypeFacts = {
  className: "KeyPair",
  schemata: schemata({
    name: text({ required: true, constraints: [range("Length", [1, 255])] }),
    save_private_key: boolean({ default: false }),
    public_key: text(),
  }),
  attributes: ["public_key", "private_key"],
};

export class KeyPair extends ServiceResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  /** Before it is there, nothing. */
  override refId(): string {
    return this.resourceId ?? "";
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const nova = yield* this.clients.nova.client();
    const name = str(yield* this.properties.get("name"));
    const made = yield* nova.keypairs.add(name, yield* this.text("public_key"));
    const { private_key: secret } = made;
    if (truth(yield* this.properties.get("save_private_key")) && typeof secret === "string") {
      this.setData("private_key", secret);
    }
    // The library holds the name of a keypair for its id.
    this.setResourceId(textOf(made, "name"));
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    try {
      yield* (yield* this.clients.nova.client()).keypairs.delete(this.resourceId);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!this.clients.nova.isNotFound(error)) throw error;
    }
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    // Whichever is asked for, the public one is looked up.
    const shared = yield* this.#publicKey();
    if (name === "public_key") return shared;
    const saved = truth(yield* this.properties.get("save_private_key"));
    return saved ? (this.data("private_key") ?? "") : "";
  }

  *#publicKey(): Op<string> {
    const given = yield* this.text("public_key");
    if (given !== undefined) return given;
    if (this.resourceId === null) return str(null);
    return textOf(yield* this.clients.nova.keypair(this.resourceId), "public_key");
  }
}
