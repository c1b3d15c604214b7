/**
 * One file of `swift upload`: as it is, or in pieces with a manifest; the pieces of what it overwrites go.
 * Upstream: swiftclient/service.py (_upload_object_job, _upload_segment_job), 2.3.1.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { quote, textOf } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { LocalFile } from "../local-file.js";
import { isMissing, type StorageApi } from "../storage-api.js";
import { splitHeaders } from "./arguments.js";

export interface UploadTold {
  object(name: string, attempts?: number): void;
  segment(name: string, index: number, attempts: number): void;
  failed(why: string): void;
}

export interface Upload {
  readonly container: string;
  readonly file: LocalFile;
  readonly name: string;
}

/** What is overwritten: nothing, or a manifest of pieces with one prefix. */
interface Old {
  readonly manifest?: string | undefined;
}

interface Segment {
  readonly path: string;
  readonly etag: string;
  readonly size: number;
}

export function* uploadObject(
  swift: StorageApi,
  args: Arguments,
  asked: Upload,
  told: UploadTold,
): Op<void> {
  try {
    yield* uploaded(swift, args, asked, told);
  } catch (thrown) {
    told.failed((yield* caught(thrown)).message);
  }
}

function* uploaded(swift: StorageApi, args: Arguments, asked: Upload, told: UploadTold): Op<void> {
  const { container, file } = asked;
  const obj = asked.name.replace(/^\.[/\\]/u, "").replace(/^\//u, "");
  const old = yield* overwritten(swift, args, container, obj, file);
  if (old === "the same") {
    told.object(asked.name);
    return;
  }
  const headers = { "x-object-meta-mtime": file.mtime, ...splitHeaders(args, "header") };
  const limit = Number(args.text("segment_size") ?? 0);
  let manifest: string | undefined;
  if (limit > 0 && file.size > limit) {
    const within = args.text("segment_container") ?? `${container}_segments`;
    const place = { container, obj, within, limit };
    const sent = yield* segments(swift, args, place, file, told);
    if (sent === undefined) return;
    if (args.flag("use_slo")) yield* putStatic(swift, place, headers, sent);
    else manifest = yield* putDynamic(swift, place, headers, file);
  } else {
    yield* put(swift, container, obj, headers, file.part(), file.size);
  }
  const { attempts } = swift.objects;
  yield* removeOld(swift, old, manifest);
  told.object(asked.name, attempts);
}

/** What is there already. */
function* overwritten(
  swift: StorageApi,
  args: Arguments,
  container: string,
  obj: string,
  file: LocalFile,
): Op<Old | "the same"> {
  const [changed, identical] = [args.flag("changed"), args.flag("skip_identical")];
  const leave = args.flag("leave_segments");
  if (!changed && !identical && leave) return {};
  try {
    const { headers } = yield* swift.object("HEAD", container, obj);
    if (identical && headers["etag"] === file.checksum) return "the same";
    const size = Number(headers["content-length"]);
    if (changed && size === file.size && headers["x-object-meta-mtime"] === file.mtime) {
      return "the same";
    }
    if (leave) return {};
    if (/^(?:true|1|yes|on|t|y)$/i.test(headers["x-static-large-object"] ?? "")) {
      // Upstream collects the pieces into a dictionary that stays empty: all of them are left behind.
      yield* swift.object("GET", container, obj, { query: { "multipart-manifest": "get" } });
    }
    return { manifest: headers["x-object-manifest"] };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return {};
  }
}

interface Place {
  readonly container: string;
  readonly obj: string;
  /** The container of the pieces. */
  readonly within: string;
  readonly limit: number;
}

/** @returns undefined where one could not be sent, which has been told */
function* segments(
  swift: StorageApi,
  args: Arguments,
  { container, obj, within, limit }: Place,
  file: LocalFile,
  told: UploadTold,
): Op<Segment[] | undefined> {
  const kind = args.flag("use_slo") ? "slo/" : "";
  const base = `${obj}/${kind}${file.mtime}/${String(file.size)}/${args.text("segment_size") ?? ""}`;
  const sent: Segment[] = [];
  let failed = false;
  for (let index = 0; index * limit < file.size; index++) {
    const size = Math.min(limit, file.size - index * limit);
    const name = `${base}/${String(index).padStart(8, "0")}`;
    try {
      const etag = yield* put(swift, within, name, {}, file.part(index * limit, size), size);
      sent.push({ path: `/${within}/${name}`, etag, size });
      told.segment(obj, index, swift.objects.attempts);
    } catch (thrown) {
      failed = true;
      told.failed((yield* caught(thrown)).message);
    }
  }
  if (!failed) return sent;
  told.failed(
    `Aborting manifest creation because not all segments could be uploaded. ${container}/${obj}`,
  );
  return undefined;
}

function* putDynamic(
  swift: StorageApi,
  { container, obj, within, limit }: Place,
  headers: Readonly<Record<string, string>>,
  file: LocalFile,
): Op<string> {
  const manifest = `${quoted(within)}/${quoted(obj)}/${file.mtime}/${String(file.size)}/${String(limit)}/`;
  const large = { ...headers, "x-object-manifest": manifest };
  yield* put(swift, container, obj, large, "", 0);
  return manifest;
}

function* putStatic(
  swift: StorageApi,
  { container, obj }: Place,
  headers: Readonly<Record<string, string>>,
  sent: readonly Segment[],
): Op<void> {
  const body = sent.map(({ path, etag, size }) => ({ path, etag, size_bytes: size }));
  const large = { ...headers, "x-static-large-object": "true", "Content-Type": "" };
  const query = { "multipart-manifest": "put" };
  yield* swift.object("PUT", container, obj, { headers: large, query, body });
}

/** @returns its ETag */
function* put(
  swift: StorageApi,
  container: string,
  obj: string,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  size: number,
): Op<string> {
  const all = { "Content-Type": "", "Content-Length": String(size), ...headers };
  const response = yield* swift.object("PUT", container, obj, { headers: all, body });
  return (response.headers["etag"] ?? "").replaceAll('"', "");
}

/** The pieces of what was overwritten, unless they are pieces of what is there now. */
function* removeOld(swift: StorageApi, { manifest }: Old, now: string | undefined): Op<void> {
  if (manifest !== undefined && bare(manifest) !== bare(now ?? "")) {
    const slash = manifest.indexOf("/");
    const within = decodeURIComponent(manifest.slice(0, slash));
    const prefix = `${bare(decodeURIComponent(manifest.slice(slash + 1)))}/`;
    for (const item of yield* swift.page(within, { prefix })) {
      yield* dropped(swift, within, textOf(item, "name"));
    }
  }
}

/** What goes wrong here is lost, as upstream. */
function* dropped(swift: StorageApi, container: string, obj: string): Op<void> {
  try {
    yield* swift.object("HEAD", container, obj);
    yield* swift.object("DELETE", container, obj);
  } catch (thrown) {
    yield* caught(thrown);
  }
}

const bare = (manifest: string): string => manifest.replace(/\/+$/, "");

const quoted = (name: string): string => name.split("/").map(quote).join("/");
