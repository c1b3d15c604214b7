/**
 * Where backups are kept: in segments, with an object that stands for all of them and whose sum is made of
 * theirs. Upstream: trove/guestagent/strategies/storage/swift.py (SwiftStorage, StreamReader) at 2014.2.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import type { SwiftConnection } from "../../swift/client/connection.js";
import type { TroveContext } from "../context.js";
import type { AgentParts } from "./agent-parts.js";

class SwiftDownloadIntegrityError extends Exception {
  static override readonly module: string = "trove.guestagent.strategies.storage.swift";
  override readonly name: string = "SwiftDownloadIntegrityError";
}

/** What came of storing a stream. */
export interface Saved {
  readonly success: boolean;
  readonly note: string;
  readonly checksum: string | null;
  readonly location: string;
}

const md5Hex = (text: string): string => bytesToHex(md5(utf8ToBytes(text)));

export class SwiftStorage {
  readonly #parts: AgentParts;
  readonly #connection: SwiftConnection;

  constructor(parts: AgentParts, ctxt: TroveContext) {
    this.#parts = parts;
    this.#connection = parts.remote.swift(ctxt);
  }

  /** `text` under a file's name. @throws SwiftClientException */
  *save(filename: string, text: string): Op<Saved> {
    const { env, flags, shared } = this.#parts;
    const { backup_swift_container: container } = shared;
    yield* this.#connection.request({ method: "PUT", container });
    const [base = ""] = filename.split(".");
    const location = `${this.#connection.url}/${container}/${filename}`;
    const failed = {
      success: false,
      note: "Error saving data to Swift!",
      checksum: null,
      location,
    };
    const sums: string[] = [];
    for (const body of segmentsOf(text, flags)) {
      const obj = `${base}_${String(sums.length).padStart(8, "0")}`;
      const { headers } = yield* this.#connection.request({ method: "PUT", container, obj, body });
      const [etag, sum] = [headers["etag"] ?? "", md5Hex(body)];
      if (etag !== sum) {
        const what = `ETAG: ${etag} Segment MD5: ${sum}.`;
        env.log("error", `Error saving data segment to swift. ${what}`);
        return failed;
      }
      sums.push(sum);
    }
    yield* this.#connection.request({
      method: "PUT",
      container,
      obj: filename,
      body: "",
      headers: { "x-object-manifest": `${container}/${base}_` },
    });
    const { headers } = yield* this.#head(filename);
    const etag = (headers["etag"] ?? "").replaceAll('"', "");
    const checksum = md5Hex(sums.join(""));
    if (etag !== checksum) {
      const what = `Manifest ETAG: ${etag} Swift MD5: ${checksum}`;
      env.log("error", `Error saving data to swift. ${what}`);
      return failed;
    }
    return { success: true, note: "Successfully saved data to Swift!", checksum, location };
  }

  /** The stream of a backup. @throws SwiftClientException, SwiftDownloadIntegrityError */
  *load(location: string, checksum: string | null): Op<string> {
    const { container, obj } = placeOf(location);
    const { headers, body } = yield* this.#connection.request({ method: "GET", container, obj });
    this.#verify(headers["etag"] ?? "", checksum);
    return typeof body === "string" ? body : "";
  }

  *saveMetadata(location: string, metadata: Readonly<Record<string, string>>): Op<void> {
    const { container, obj } = placeOf(location);
    const known = yield* this.#head(obj);
    const entries = Object.entries(metadata).map(
      ([key, value]) => [`x-object-meta-${key.replaceAll("_", "-")}`, value] as const,
    );
    const manifest = known.headers["x-object-manifest"] ?? "";
    const headers = { "x-object-manifest": manifest, ...Object.fromEntries(entries) };
    this.#parts.env.log("info", `Writing metadata: ${Object.keys(headers).join(", ")}`);
    yield* this.#connection.request({ method: "POST", container, obj, headers });
  }

  /** @throws SwiftClientException, SwiftDownloadIntegrityError */
  *loadMetadata(location: string, checksum: string | null): Op<ReadonlyMap<string, string>> {
    const { obj } = placeOf(location);
    const { headers } = yield* this.#head(obj);
    this.#verify(headers["etag"] ?? "", checksum);
    const prefix = "x-object-meta-";
    return new Map(
      Object.entries(headers)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length).replaceAll("-", "_"), value]),
    );
  }

  #head(obj: string) {
    const { backup_swift_container: container } = this.#parts.shared;
    return this.#connection.request({ method: "HEAD", container, obj });
  }

  #verify(etag: string, checksum: string | null): void {
    if (!this.#parts.shared.verify_swift_checksum_on_restore) return;
    const original = etag.replaceAll('"', "");
    if (original === checksum) return;
    const words = `Original checksum: ${original} does not match the current checksum: ${checksum ?? "None"}`;
    this.#parts.env.log("error", words);
    throw new SwiftDownloadIntegrityError(words);
  }
}

/** A segment ends before the chunk with which it would be too long; the stream's end is one of its own. */
function segmentsOf(
  text: string,
  flags: { readonly backup_segment_max_size: number; readonly backup_chunk_size: number },
): readonly string[] {
  const { backup_segment_max_size: most, backup_chunk_size: chunk } = flags;
  const chunks = Math.max(1, Math.floor((most - chunk) / chunk) + 1);
  const size = chunks * chunk;
  const count = Math.max(1, Math.ceil(text.length / size));
  return Array.from({ length: count }, (_, at) => text.slice(at * size, (at + 1) * size));
}

function placeOf(location: string): { readonly container: string; readonly obj: string } {
  const [container = "", obj = ""] = location.split("/").slice(-2);
  return { container, obj };
}
