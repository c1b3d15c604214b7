/**
 * The work of a task of type `import`: it makes an image and fetches its data from a web server. One is done
 * at a time in a process. That the image gets no row for where its data is, is Juno's mistake (#1420696): it is active,
 * and a download has nothing. What POST would refuse of a property's type is refused here as well. Upstream:
 * glance/common/scripts/image_import/main.py, glance/common/scripts/utils.py, glance/async/eventlet_executor.py.
 */
import { ConnectionRefused, reason } from "../../../../../http/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import {
  AttributeError,
  Exception,
  isObject,
  PythonTypeError,
  repr,
  str,
  typeName,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import type { ImageContext } from "../../../context.js";
import { BadStoreUri, Conflict, Invalid } from "../../../exception.js";
import { isImageData, type ImageData } from "../../../image-data.js";
import type { GlanceApp } from "../../app.js";
import { liveImage } from "../image.js";
import { BASE_KEYS, newImage } from "../new-image.js";
import { validateImage } from "../schema.js";
import { saved, setData } from "../upload.js";
import { advanceTask, findTask, type TaskOutcome } from "./task.js";

/** Python's own, of Python 2. */
class StandardError extends Exception {
  override readonly name: string = "StandardError";
}

class URLError extends Exception {
  static override readonly module: string = "urllib2";
  override readonly name: string = "URLError";
}

class HTTPError extends URLError {
  override readonly name: string = "HTTPError";
}

/** Ends in the task, whatever comes of it. */
export function runImport(app: GlanceApp, ctxt: ImageContext, id: string): Op<void> {
  app.env.log("info", `Task ${id} beginning import execution.`);
  return app.env.locks.synchronized("glance_import", execute(app, ctxt, id));
}

function* execute(app: GlanceApp, ctxt: ImageContext, id: string): Op<void> {
  const task = findTask(app, ctxt, id);
  // The image's properties are taken out of it one by one.
  const input = copyOf(task.info.input);
  let status: "success" | "failure" = "success";
  let outcome: TaskOutcome;
  try {
    const image = yield* imported(app, ctxt, id, input);
    outcome = { input, result: { image_id: image } };
  } catch (thrown) {
    const error = yield* caught(thrown);
    const kind = error.module === "exceptions" ? "type" : "class";
    const message = `Error: <${kind} '${error.module}.${error.name}'>: ${error.message}`;
    app.env.log("error", `${message}Task ID ${id}`);
    [status, outcome] = ["failure", { input, message }];
  }
  yield* advanceTask(app, ctxt, task, status, outcome);
}

const copyOf = (input: JsonObject): Record<string, Json> => {
  const properties = input["image_properties"];
  return { ...input, ...(isObject(properties) && { image_properties: { ...properties } }) };
};

/** @returns the image's id. @throws what is in the task's message afterwards */
function* imported(
  app: GlanceApp,
  ctxt: ImageContext,
  task: string,
  input: Record<string, Json>,
): Op<string> {
  for (const key of ["import_from", "import_from_format", "image_properties"]) {
    if (!Object.hasOwn(input, key)) throw new Invalid({}, `Input does not contain '${key}' field`);
  }
  const uri = checkedUri(input["import_from"] ?? null);
  const properties = input["image_properties"];
  if (!isObject(properties)) {
    throw new AttributeError(`'${typeName(properties ?? null)}' object has no attribute 'pop'`);
  }
  const { base, own } = parted(properties);
  input["image_properties"] = own;
  const { uuid } = yield* newImage(app, ctxt, base, own);
  const image = liveImage(app, ctxt, uuid);
  image.setStatus("saving");
  yield* saved(app, ctxt, image);
  // The script passes no task on.
  app.env.log("info", `Task None: Got image data uri ${uri} to be imported`);
  try {
    yield* setData(app, ctxt, image, yield* fetched(app, uri));
  } catch (thrown) {
    const error = yield* caught(thrown);
    app.env.log("warning", `Task None failed with exception ${error.message}`);
    app.env.log("info", `Task None: Could not import image file ${uri}`);
    throw error;
  }
  const again = liveImage(app, ctxt, uuid);
  if (again.status !== "saving") {
    throw new Conflict(
      {},
      `The Image ${uuid} object being created by this task ${task}, is no longer in valid status ` +
        "for further processing.",
    );
  }
  again.setStatus("active");
  again.takeSize(image.data);
  yield* saved(app, ctxt, again);
  return uuid;
}

/** What every image has, and what this one has besides; the formats are the script's own. */
function parted(properties: JsonObject): { base: JsonObject; own: JsonObject } {
  const others = ["direct_url", "self", "file", "schema", "locations", "owner"];
  const odd = ["id", ...others].find((key) => Object.hasOwn(properties, key));
  if (odd !== undefined) {
    throw new PythonTypeError(`new_image() got unexpected keywords [${repr(odd)}]`);
  }
  const isBase = (key: string): boolean => BASE_KEYS.includes(key);
  const entries = Object.entries(properties);
  const base = {
    ...Object.fromEntries(entries.filter(([key]) => isBase(key))),
    ...{ disk_format: "qcow2", container_format: "ovf" },
  };
  validateImage(base);
  return { base, own: Object.fromEntries(entries.filter(([key]) => !isBase(key))) };
}

function checkedUri(location: Json): string {
  if (!location) throw new BadStoreUri({}, `Invalid location: ${str(location)}`);
  if (typeof location !== "string") {
    throw new AttributeError(`'${typeName(location)}' object has no attribute 'startswith'`);
  }
  if (/^https?:\/\//.test(location)) return location;
  if (location.startsWith("file:///")) {
    throw new StandardError(
      "File based imports are not allowed. Please use a non-local source of image data.",
    );
  }
  throw new URLError(
    "<urlopen error The given uri is not valid. Please specify a valid uri from the following " +
      "list of supported uri ['http']>",
  );
}

/** @throws HTTPError, URLError */
function* fetched({ env }: GlanceApp, uri: string): Op<ImageData> {
  try {
    const { status, body } = yield* env.http.request("GET", uri);
    if (status >= 400) throw new HTTPError(`HTTP Error ${String(status)}: ${reason(status)}`);
    return isImageData(body) ? body : { $data: { bytes: 0 } };
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof HTTPError) throw error;
    const refused = error instanceof ConnectionRefused;
    throw new URLError(`<urlopen error ${refused ? "[Errno 111] ECONNREFUSED" : error.message}>`);
  }
}
