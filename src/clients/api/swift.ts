/** Swift's API for programs: containers and objects of one's own account. Upstream: swiftclient/client.py, 2.3.1. */
import type { Headers } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { quote, type Json } from "../../python/index.js";
import { getList, named, queryOf, type Asker } from "./asking.js";
import { ApiPart } from "./part.js";
import { maybe, number, object, text, type Shaped } from "./shape.js";

const CONTAINER = object({ name: text, count: number, bytes: number });
const OBJECT = object({
  name: text,
  bytes: number,
  hash: text,
  content_type: maybe(text),
  last_modified: text,
});

/**
 * A container, as the listing of an account has it.
 *
 * @example
 * ```ts
 * import { Cloud, type SwiftContainer } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["swift"] });
 * const demo = cloud.user("demo");
 * const containers: readonly SwiftContainer[] = cloud.run(demo.swift.containers());
 * containers.length; // → 0
 * ```
 */
export type SwiftContainer = Shaped<typeof CONTAINER>;
/**
 * An object, as the listing of a container has it.
 *
 * @example
 * ```ts
 * import { Cloud, type SwiftObject } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["swift"] });
 * const demo = cloud.user("demo");
 * cloud.run(demo.swift.createContainer("c"));
 * const objects: readonly SwiftObject[] = cloud.run(demo.swift.objects("c"));
 * objects.length; // → 0
 * ```
 */
export type SwiftObject = Shaped<typeof OBJECT>;

/**
 * What an account or a container holds.
 *
 * @example
 * ```ts
 * import { Cloud, type SwiftUsage } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["swift"] });
 * const demo = cloud.user("demo");
 * const usage: SwiftUsage = cloud.run(demo.swift.usage());
 * usage.objects; // → 0
 * ```
 */
export interface SwiftUsage {
  readonly containers?: number;
  readonly objects: number;
  readonly bytes: number;
}

/**
 * An object with what is in it.
 *
 * @example
 * ```ts
 * import { Cloud, type SwiftContent } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["swift"] });
 * const demo = cloud.user("demo");
 * cloud.run(demo.swift.createContainer("c"));
 * cloud.run(demo.swift.put("c", "o", "hello", { metadata: { colour: "red" } }));
 * const { metadata }: SwiftContent = cloud.run(demo.swift.get("c", "o"));
 * metadata["colour"]; // → "red"
 * ```
 */
export interface SwiftContent {
  readonly content: Json;
  /** Bytes. */
  readonly size: number;
  /** MD5 of it. */
  readonly etag: string;
  readonly content_type: string;
  /** `x-object-meta-*`, without that. */
  readonly metadata: Readonly<Record<string, string>>;
}

const META = "x-object-meta-";

/**
 * Swift for programs: `demo.swift`. A cloud has it that was told to: `services: ["swift"]`. Listings are of what
 * the container servers know, which a new object reaches a moment later.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["swift"] });
 * const { swift } = cloud.user("demo");
 * cloud.run(swift.createContainer("backups"));
 * cloud.run(swift.put("backups", "notes.txt", "hello"));
 * cloud.run(swift.get("backups", "notes.txt")).content; // → "hello"
 * ```
 */
export class SwiftApi extends ApiPart {
  readonly #asker: Asker;

  constructor(asker: Asker) {
    super();
    this.#asker = asker;
  }

  /** How much the account has. @throws ClientException */
  *usage(): Op<SwiftUsage> {
    const { headers } = yield* this.#asker.request("HEAD", "");
    return usageOf("account", headers);
  }

  /** @throws ClientException */
  *containers(
    search: { readonly prefix?: string; readonly marker?: string } = {},
  ): Op<readonly SwiftContainer[]> {
    return yield* getList(
      this.#asker,
      queryOf({ format: "json", ...search }),
      CONTAINER,
      "containers",
      "",
    );
  }

  /** Make a container, or nothing if it is there. @throws ClientException */
  *createContainer(container: string): Op<void> {
    yield* this.#asker.request("PUT", pathOf(container));
  }

  /** @throws Conflict while there are objects in it; ClientException */
  *deleteContainer(container: string): Op<void> {
    yield* this.#asker.request("DELETE", pathOf(container));
  }

  /** How much a container has. @throws NotFound, ClientException */
  *containerUsage(container: string): Op<SwiftUsage> {
    const { headers } = yield* this.#asker.request("HEAD", pathOf(container));
    return usageOf("container", headers);
  }

  /** What is in a container. @throws NotFound, ClientException */
  *objects(
    container: string,
    search: { readonly prefix?: string; readonly marker?: string } = {},
  ): Op<readonly SwiftObject[]> {
    const path = `${pathOf(container)}${queryOf({ format: "json", ...search })}`;
    return yield* getList(this.#asker, path, OBJECT, "objects", "");
  }

  /** Store an object. @throws NotFound if there is no such container; ClientException */
  *put(
    container: string,
    name: string,
    content: string,
    options: {
      readonly content_type?: string;
      readonly metadata?: Readonly<Record<string, string>>;
    } = {},
  ): Op<void> {
    const { content_type = "text/plain", metadata = {} } = options;
    const own = Object.entries(metadata).map(([key, value]) => [`X-Object-Meta-${key}`, value]);
    const headers = {
      ...(Object.fromEntries(own) as Record<string, string>),
      "Content-Type": content_type,
    };
    yield* this.#asker.request("PUT", pathOf(container, name), content, headers);
  }

  /** @throws NotFound, ClientException */
  *get(container: string, name: string): Op<SwiftContent> {
    const { headers, body } = yield* this.#asker.request("GET", pathOf(container, name));
    const metadata = Object.entries(headers)
      .filter(([key]) => key.toLowerCase().startsWith(META))
      .map(([key, value]) => [key.slice(META.length).toLowerCase(), value]);
    return {
      content: body,
      size: Number(headers["content-length"] ?? 0),
      etag: headers["etag"] ?? "",
      content_type: headers["content-type"] ?? "",
      metadata: Object.fromEntries(metadata) as Record<string, string>,
    };
  }

  /** @throws NotFound, ClientException */
  *delete(container: string, name: string): Op<void> {
    yield* this.#asker.request("DELETE", pathOf(container, name));
  }
}

const pathOf = (...names: readonly string[]): string =>
  names.map((name) => `/${quote(named(name, "a container or an object"))}`).join("");

function usageOf(of: "account" | "container", headers: Headers): SwiftUsage {
  const count = (what: string): number => Number(headers[`x-${of}-${what}`] ?? 0);
  return {
    ...(of === "account" && { containers: count("container-count") }),
    objects: count("object-count"),
    bytes: count("bytes-used"),
  };
}
