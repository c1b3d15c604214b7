/** Swift as Horizon asks it, with the user's token, which is never renewed. Upstream: openstack_dashboard/api/swift.py at 2014.2; swiftclient/client.py (get_account, get_container) at 2.3.0. */
import type { Headers } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import {
  SwiftClientException,
  SwiftConnection,
  type SwiftRequest,
} from "../../swift/client/connection.js";
import { SETTINGS } from "../settings.js";
import { AlreadyExists, WithSafeMessage } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";

export const DELIMITER = "/";
const PUBLIC = ".r:*";

function connection(request: HorizonRequest): SwiftConnection {
  const { env, user } = request;
  const storageUrl = urlFor(request, "object-store");
  const whose = { authUrl: "", user: user.username, key: "", storageUrl, token: user.token.id };
  return new SwiftConnection(env.http, whose, { preauthorized: true });
}

/** @throws SwiftClientException */
function* ask(request: HorizonRequest, what: SwiftRequest): Op<Headers> {
  return (yield* connection(request).request(what)).headers;
}

/** All of it, page by page until one is empty; of more than the limit the last one is dropped. */
function* listing(
  request: HorizonRequest,
  container: string | undefined,
  query: Readonly<Record<string, string>> = {},
): Op<readonly JsonObject[]> {
  const swift = connection(request);
  const limit = SETTINGS.api_result_limit;
  const found: JsonObject[] = [];
  for (let marker: string | undefined; ;) {
    const page = yield* swift.request({
      method: "GET",
      ...(container !== undefined && { container }),
      query: {
        format: "json",
        ...(marker !== undefined && { marker }),
        limit: String(limit + 1),
        ...query,
      },
    });
    const items = Array.isArray(page.body) ? (page.body as readonly Json[]).filter(isObject) : [];
    const last = items.at(-1);
    if (last === undefined) return found.length > limit ? found.slice(0, -1) : found;
    found.push(...items);
    marker = textOf(last, last["name"] === undefined ? "subdir" : "name");
  }
}

export const containers = (request: HorizonRequest): Op<readonly JsonObject[]> =>
  listing(request, undefined);

/** @param prefix the folder, with its slash */
export const objects = (
  request: HorizonRequest,
  container: string,
  prefix: string,
): Op<readonly JsonObject[]> =>
  listing(request, container, {
    ...(prefix !== "" && { prefix }),
    delimiter: DELIMITER,
  });

export interface ContainerDetails {
  readonly count: string;
  readonly bytes: number;
  readonly isPublic: boolean;
}

export function* containerDetails(
  request: HorizonRequest,
  container: string,
): Op<ContainerDetails> {
  const headers = yield* ask(request, { method: "HEAD", container });
  return {
    count: headers["x-container-object-count"] ?? "",
    bytes: Number(headers["x-container-bytes-used"] ?? 0),
    isPublic: (headers["x-container-read"] ?? "").includes(PUBLIC),
  };
}

/** Whatever is refused, it is not there. */
function* exists(request: HorizonRequest, container: string, obj?: string): Op<boolean> {
  try {
    yield* ask(request, { method: "HEAD", container, ...(obj !== undefined && { obj }) });
    return true;
  } catch (error) {
    if (!(error instanceof SwiftClientException)) throw yield* caught(error);
    return false;
  }
}

const access = (isPublic: boolean): Headers => ({
  "x-container-read": isPublic ? `${PUBLIC},.rlistings` : "",
});

/** @throws AlreadyExists */
export function* createContainer(
  request: HorizonRequest,
  container: string,
  isPublic: boolean,
): Op<void> {
  if (yield* exists(request, container)) {
    throw new AlreadyExists(`A container with the name "${container}" already exists.`);
  }
  yield* ask(request, { method: "PUT", container, headers: access(isPublic) });
}

export function* setPublic(
  request: HorizonRequest,
  container: string,
  isPublic: boolean,
): Op<void> {
  yield* ask(request, { method: "POST", container, headers: access(isPublic) });
}

/** @throws WithSafeMessage if something is in it */
export function* deleteContainer(request: HorizonRequest, container: string): Op<void> {
  if ((yield* objects(request, container, "")).length > 0) {
    const words = "The container cannot be deleted since it's not empty.";
    throw new WithSafeMessage(new SwiftClientException(words, 409), words);
  }
  yield* ask(request, { method: "DELETE", container });
}

/** @param text what is in it; without one it is a folder. @param file what the file was called */
export function* putObject(
  request: HorizonRequest,
  container: string,
  obj: string,
  { text = "", file }: { readonly text?: string; readonly file?: string } = {},
): Op<void> {
  const headers = file === undefined ? {} : { "x-object-meta-orig-filename": file };
  yield* ask(request, { method: "PUT", container, obj, headers, body: text });
}

/** @throws AlreadyExists */
export function* copyObject(
  request: HorizonRequest,
  from: readonly [container: string, obj: string],
  [container, obj]: readonly [string, string],
): Op<void> {
  if (yield* exists(request, container, obj)) {
    throw new AlreadyExists(`A object with the name "${obj}" already exists.`);
  }
  const headers = { "x-copy-from": from.join(DELIMITER) };
  yield* ask(request, { method: "PUT", container, obj, headers, body: "" });
}

export function* deleteObject(request: HorizonRequest, container: string, obj: string): Op<void> {
  yield* ask(request, { method: "DELETE", container, obj });
}

export const objectDetails = (
  request: HorizonRequest,
  container: string,
  obj: string,
): Op<Headers> => ask(request, { method: "HEAD", container, obj });

export function* objectText(request: HorizonRequest, container: string, obj: string): Op<string> {
  const { body } = yield* connection(request).request({ method: "GET", container, obj });
  return typeof body === "string" ? body : JSON.stringify(body);
}
