/** OS::Swift::Container: empty, and deleted only while it is. Upstream: heat/engine/resources/swift.py at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { KeyError, repr, str, type Json, type JsonObject } from "../../../../../python/index.js";
import { map, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler } from "../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../service-resource.js";

const ACCESS = ["X-Container-Read", "X-Container-Write"] as const;

const FACTS: TypeFacts = {
  className: "SwiftContainer",
  schemata: schemata({
    name: text(),
    "X-Container-Read": text(),
    "X-Container-Write": text(),
    "X-Container-Meta": map({ default: {} }),
    "X-Account-Meta": map({ default: {} }),
  }),
  attributes: ["DomainName", "WebsiteURL", "RootURL", "ObjectCount", "BytesUsed", "HeadContainer"],
};

export class SwiftContainer extends ServiceResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  /** Of one that is not there it is the word `None`. */
  override refId(): string {
    return str(this.resourceId);
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const container = (yield* this.text("name")) ?? str(this.physicalName());
    const headers = yield* this.#metadata("X-Container-Meta");
    for (const key of ACCESS) {
      const value = yield* this.properties.get(key);
      if (value !== null) headers[key.toLowerCase()] = str(value);
    }
    const swift = yield* this.clients.swift.client();
    yield* swift.request({ method: "PUT", container, headers });
    const account = yield* this.#metadata("X-Account-Meta");
    if (Object.keys(account).length > 0) yield* swift.request({ method: "POST", headers: account });
    this.setResourceId(container);
  }

  /** `_build_meta_headers`. */
  *#metadata(property: string): Op<Record<string, string>> {
    const values = Object.entries((yield* this.object(property)) ?? {});
    return Object.fromEntries(
      values.map(([key, value]) => [`${property}-${key}`.toLowerCase(), str(value)]),
    );
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const { swift } = this.clients;
    try {
      yield* (yield* swift.client()).request({ method: "DELETE", container: this.resourceId });
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!swift.isNotFound(error)) throw error;
    }
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    const { url } = yield* this.clients.swift.client();
    const root = url.replace(/\/+$/u, "");
    switch (name) {
      case "DomainName":
        return /^\w+:\/\/([^/:]*)/u.exec(root)?.[1] ?? "";
      case "WebsiteURL":
        return `${root}/${str(this.resourceId)}`;
      case "RootURL":
        return root;
      default:
        return this.resourceId === null ? null : yield* this.#headed(this.resourceId, name);
    }
  }

  /** What Swift says of it; null where it says nothing. @throws KeyError */
  *#headed(container: string, name: string): Op<Json> {
    const { swift } = this.clients;
    let headers: JsonObject;
    try {
      const answer = yield* (yield* swift.client()).request({ method: "HEAD", container });
      headers = { ...answer.headers };
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!swift.isClientException(error)) throw error;
      this.stack.parts.log("warning", `Head container failed: ${error.message}`);
      return null;
    }
    if (name === "HeadContainer") return headers;
    const key = name === "ObjectCount" ? "x-container-object-count" : "x-container-bytes-used";
    const value = headers[key];
    if (value === undefined) throw new KeyError(repr(key));
    return value;
  }
}
