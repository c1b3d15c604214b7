/**
 * Keeps images as objects of Swift, in a container of the store's own user; large ones in segments behind
 * a manifest. Each operation logs in anew. A container for each image (multi-tenant) is not simulated: in
 * this release every upload to one fails. A sender that goes away meanwhile is not noticed. Upstream: glance_store 0.1.8
 * glance_store/_drivers/swift/store.py.
 */
import type { Env, FlagsOf } from "../../../framework/index.js";
import { microseconds, type Duration, type Op, type Stream } from "../../../kernel/index.js";
import { isObject, quote, textOf, type Json } from "../../../python/index.js";
import { SwiftClientException, SwiftConnection } from "../../swift/client/connection.js";
import type { glanceStoreFlags } from "../flags.js";
import { isImageData, type ImageData } from "../image-data.js";
import { BackendException, Duplicate, NotFound, type Store, type Stored } from "./store.js";

/** What the driver takes for a megabyte. */
const MEGABYTE = 1000 * 1024;

type Flags = FlagsOf<typeof glanceStoreFlags>;

export class SwiftStore implements Store {
  readonly scheme = "swift+http";
  readonly #env: Env;
  readonly #flags: Flags;
  readonly #sums: Stream;

  /** @param sums of data that came without */
  constructor(env: Env, flags: Flags, sums: Stream) {
    this.#env = env;
    this.#flags = flags;
    this.#sums = sums;
  }

  *add(imageId: string, data: ImageData): Op<Stored> {
    const { swift_store_container: container, swift_store_large_object_size } = this.#flags;
    const { bytes, duration = 0, checksum = this.#sums.hex32() } = data.$data;
    const connection = this.#connection();
    yield* this.#container(connection, container);
    try {
      const large = bytes === 0 || bytes >= swift_store_large_object_size * MEGABYTE;
      if (large) yield* this.#segments(connection, container, imageId, bytes, duration);
      else {
        const body: ImageData = {
          $data: { bytes, checksum, ...(duration > 0 && { duration }) },
        };
        yield* put(connection, container, imageId, body);
      }
    } catch (error) {
      if (!(error instanceof SwiftClientException)) throw error;
      if (error.status === 409) throw new Duplicate("Swift already has an image at this location");
      const message = `Failed to add object to Swift.\nGot error from Swift: ${error.message}`;
      this.#env.log("error", message);
      throw new BackendException({}, message);
    }
    return { location: this.#uri(imageId), size: bytes, checksum };
  }

  *get(location: string): Op<ImageData> {
    const { container, obj } = placeOf(location);
    const response = yield* this.#asked("GET", container, obj);
    const { body } = response;
    if (isImageData(body)) return body;
    return { $data: { bytes: typeof body === "string" ? body.length : 0 } };
  }

  *size(location: string): Op<number> {
    const { container, obj } = placeOf(location);
    try {
      const { headers } = yield* this.#connection().request({ method: "HEAD", container, obj });
      return Number(headers["content-length"] ?? 0);
    } catch (error) {
      if (error instanceof SwiftClientException) return 0;
      throw error;
    }
  }

  /** Segments first, and what they belong to last. */
  *delete(location: string): Op<void> {
    const { container, obj } = placeOf(location);
    const connection = this.#connection();
    try {
      const manifest = yield* manifestOf(connection, container, obj);
      if (manifest !== undefined) {
        const at = manifest.indexOf("/");
        const [of, prefix] = [manifest.slice(0, at), manifest.slice(at + 1)];
        const query = { format: "json", prefix };
        const { body } = yield* connection.request({ method: "GET", container: of, query });
        for (const segment of namesIn(body)) {
          yield* connection.request({ method: "DELETE", container: of, obj: segment });
        }
      }
      yield* connection.request({ method: "DELETE", container, obj });
    } catch (error) {
      if (!(error instanceof SwiftClientException)) throw error;
      if (error.status === 404) throw new NotFound("Swift could not find image at URI.");
      throw new BackendException({}, error.message);
    }
  }

  /** @throws BackendException if it is not there and may not be made */
  *#container(connection: SwiftConnection, container: string): Op<void> {
    try {
      yield* connection.request({ method: "HEAD", container });
      return;
    } catch (error) {
      if (!(error instanceof SwiftClientException)) throw error;
      if (error.status !== 404) throw new BackendException({}, error.message);
    }
    if (!this.#flags.swift_store_create_container_on_put) {
      throw new BackendException(
        {},
        `The container ${container} does not exist in Swift. Please set the ` +
          "swift_store_create_container_on_put optionto add container to Swift automatically.",
      );
    }
    this.#env.log("info", `Creating swift container ${container}`);
    try {
      yield* connection.request({ method: "PUT", container, headers: { "content-length": "0" } });
    } catch (error) {
      if (!(error instanceof SwiftClientException)) throw error;
      const message = `Failed to add container to Swift.\nGot error from Swift: ${error.message}`;
      throw new BackendException({}, message);
    }
  }

  /** One after the other; if one fails, those before it go. */
  *#segments(
    connection: SwiftConnection,
    container: string,
    imageId: string,
    bytes: number,
    duration: Duration,
  ): Op<void> {
    const chunk = this.#flags.swift_store_large_object_chunk_size * MEGABYTE;
    const names: string[] = [];
    try {
      for (let sent = 0; sent < bytes; sent += chunk) {
        const part = Math.min(chunk, bytes - sent);
        const share = microseconds(Math.floor((duration * part) / bytes));
        const name = `${imageId}-${String(names.length + 1).padStart(5, "0")}`;
        const body: ImageData = {
          $data: {
            bytes: part,
            checksum: this.#sums.hex32(),
            ...(share > 0 && { duration: share }),
          },
        };
        yield* put(connection, container, name, body);
        names.push(name);
      }
    } catch (error) {
      if (!(error instanceof SwiftClientException)) throw error;
      yield* this.#cleanUp(connection, container, names);
      throw error;
    }
    const headers = {
      "content-length": "0",
      etag: "d41d8cd98f00b204e9800998ecf8427e",
      "x-object-manifest": `${container}/${imageId}-`,
    };
    yield* connection.request({ method: "PUT", container, obj: imageId, headers });
  }

  *#cleanUp(connection: SwiftConnection, container: string, names: readonly string[]): Op<void> {
    for (const obj of names) {
      try {
        yield* connection.request({ method: "DELETE", container, obj });
      } catch (error) {
        if (!(error instanceof SwiftClientException)) throw error;
        this.#env.log("error", `Failed to delete chunk ${container}/${obj}`);
      }
    }
  }

  *#asked(method: string, container: string, obj: string) {
    try {
      return yield* this.#connection().request({ method, container, obj });
    } catch (error) {
      if (!(error instanceof SwiftClientException)) throw error;
      if (error.status !== 404) throw new BackendException({}, error.message);
      throw new NotFound(`Swift could not find object ${obj}.`);
    }
  }

  #connection(): SwiftConnection {
    const flags = this.#flags;
    const [tenant = "", user = ""] = flags.swift_store_user.split(":");
    return new SwiftConnection(this.#env.http, {
      authUrl: flags.swift_store_auth_address,
      ...{ tenant, user, key: flags.swift_store_key },
    });
  }

  /** `swift+http://service%3Aglance:secret@controller:5000/v2.0/glance/<id>`. */
  #uri(imageId: string): string {
    const { swift_store_user, swift_store_key, swift_store_auth_address } = this.#flags;
    const address = swift_store_auth_address.replace(/^https?:\/\//, "").replace(/^\/+|\/+$/g, "");
    const who = `${quote(swift_store_user)}:${quote(swift_store_key)}`;
    return `${this.scheme}://${who}@${address}/${this.#flags.swift_store_container}/${imageId}`;
  }
}

/** The body cannot be sent a second time. */
const put = (connection: SwiftConnection, container: string, obj: string, body: ImageData) =>
  connection.request({
    ...{ method: "PUT", container, obj, body, once: true },
    headers: { "content-length": String(body.$data.bytes) },
  });

/** Of what is not there, none: that is for the request to find out that removes it. */
function* manifestOf(connection: SwiftConnection, container: string, obj: string) {
  try {
    const { headers } = yield* connection.request({ method: "HEAD", container, obj });
    return headers["x-object-manifest"];
  } catch (error) {
    if (error instanceof SwiftClientException && error.status === 404) return undefined;
    throw error;
  }
}

function placeOf(location: string): { container: string; obj: string } {
  const [container = "", obj = ""] = location.split("/").slice(-2);
  return { container, obj };
}

const namesIn = (listing: Json): string[] =>
  Array.isArray(listing)
    ? (listing as readonly Json[]).filter(isObject).map((row) => textOf(row, "name"))
    : [];
