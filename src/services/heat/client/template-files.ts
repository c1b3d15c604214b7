/**
 * Templates, environments and the files that they name, as python-heatclient reads them: what a template names by
 * a path is read from beside it, and named by its whole URL from then on. Upstream:
 * heatclient/common/template_utils.py, template_format.py, environment_format.py, 0.2.12.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  contains,
  dictOrder,
  dumps,
  isObject,
  loads,
  setMember,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { parseEnvironment } from "../template/environment-format.js";
import { simpleParse } from "../template/template-format.js";

/** What finds files and URLs. */
export interface Reader {
  /** The URL of a path: `file:///home/demo/web.yaml`. */
  urlOf(path: string): string;
  /** @throws URLError */
  read(url: string): Op<string>;
}

export interface TemplateSource {
  readonly file?: string | undefined;
  readonly url?: string | undefined;
  readonly object?: string | undefined;
}

/** A template, or an environment, with the texts of files by their URLs. */
export interface WithFiles {
  readonly content: JsonObject;
  readonly files: JsonObject;
}

type Files = Record<string, Json>;

/** @throws CommandError, URLError */
export function* templateContents(
  reader: Reader,
  { file, url, object }: TemplateSource,
): Op<WithFiles> {
  const where = file === undefined ? (url ?? object) : reader.urlOf(file);
  if (where === undefined) {
    const ways = "--template-file, --template-url or --template-object";
    throw new CommandError(`Need to specify exactly one of ${ways}`);
  }
  const files: Files = {};
  return { content: yield* contents(reader, where, files), files };
}

function* contents(reader: Reader, url: string, files: Files): Op<JsonObject> {
  const text = yield* reader.read(url);
  if (text === "") throw new CommandError(`Could not fetch template from ${url}`);
  let template: JsonObject;
  try {
    template = parse(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CommandError(`Error parsing template ${url} ${error.message}`);
  }
  const base = baseOf(url);
  const resolver = new FileResolver(reader, files);
  const withTexts = yield* resolver.resolved(template, base, isGetFile, false);
  const whole = yield* resolver.resolved(withTexts, base, isTemplateType, true);
  return isObject(whole) ? whole : {};
}

const VERSIONS = ["HeatTemplateFormatVersion", "heat_template_version", "AWSTemplateFormatVersion"];

/** @throws ValueError, PythonTypeError */
function parse(text: string): JsonObject {
  const template = text.startsWith("{") ? loads(text) : simpleParse(text);
  if (!VERSIONS.some((version) => contains(template, version))) {
    throw new ValueError("Template format version not found.");
  }
  return isObject(template) ? template : {};
}

const isGetFile = (key: string, value: Json): value is string =>
  key === "get_file" && typeof value === "string";

const isTemplateType = (key: string, value: Json): value is string =>
  key === "type" && typeof value === "string" && /\.(?:yaml|template)$/u.test(value);

type Names = (key: string, value: Json) => value is string;

class FileResolver {
  readonly #reader: Reader;
  readonly #files: Files;

  constructor(reader: Reader, files: Files) {
    this.#reader = reader;
    this.#files = files;
  }

  /** `get_file_contents`: the data with URLs in place of what names a file, whose text is kept. */
  *resolved(data: Json, base: string, names: Names, templates: boolean): Op<Json> {
    if (Array.isArray(data)) {
      const items: Json[] = [];
      for (const value of data as readonly Json[]) {
        items.push(yield* this.resolved(value, base, names, templates));
      }
      return items;
    }
    if (!isObject(data)) return data;
    const within: Record<string, Json> = {};
    for (const key of dictOrder(Object.keys(data))) {
      setMember(within, key, yield* this.resolved(data[key] ?? null, base, names, templates));
    }
    return yield* this.own(within, base, names, templates);
  }

  /** The same for what a dictionary names itself. */
  *own(data: JsonObject, base: string, names: Names, templates: boolean): Op<JsonObject> {
    const resolved: Record<string, Json> = {};
    for (const key of dictOrder(Object.keys(data))) {
      const value = data[key] ?? null;
      const named = names(key, value) ? yield* this.#kept(value, base, templates) : value;
      setMember(resolved, key, named);
    }
    return resolved;
  }

  *#kept(name: string, base: string, templates: boolean): Op<string> {
    const url = urlJoin(base.endsWith("/") ? base : `${base}/`, name);
    if (!Object.hasOwn(this.#files, url)) {
      const text = templates
        ? dumps(yield* contents(this.#reader, url, this.#files))
        : yield* this.#text(url);
      setMember(this.#files, url, text);
    }
    return url;
  }

  *#text(url: string): Op<string> {
    try {
      return yield* this.#reader.read(url);
    } catch (error) {
      if (!(error instanceof URLError)) throw error;
      throw new CommandError(`Could not fetch contents for ${url}`);
    }
  }
}

/** `urllib2.URLError`. */
export class URLError extends CommandError {
  static override readonly module: string = "urllib2";
  override readonly name: string = "URLError";

  constructor(reason: string) {
    super(`<urlopen error ${reason}>`);
  }
}

/** Several environments, each over those before it. @throws CommandError, URLError, ValueError */
export function* environmentContents(reader: Reader, paths: readonly string[]): Op<WithFiles> {
  let content: JsonObject = {};
  const files: Files = {};
  for (const path of paths) {
    const url = reader.urlOf(path);
    const env = parseEnvironment(yield* reader.read(url));
    content = deepUpdate(content, yield* resolvedEnvironment(reader, env, baseOf(url), files));
  }
  return { content, files };
}

/** Types that stand for other types need no file. */
const isTemplateName = (key: string, value: Json): value is string =>
  key !== "base_url" && typeof value === "string" && !value.includes("::");

function* resolvedEnvironment(
  reader: Reader,
  env: JsonObject,
  envBase: string,
  files: Files,
): Op<JsonObject> {
  const { resource_registry: registry } = env;
  if (!isObject(registry)) return env;
  const resolver = new FileResolver(reader, files);
  const base = baseIn(registry, envBase);
  const resolved = yield* resolver.own(registry, base, isTemplateName, true);
  const { resources } = registry;
  if (!isObject(resources)) return { ...env, resource_registry: resolved };
  const each: Record<string, Json> = {};
  for (const name of dictOrder(Object.keys(resources))) {
    const one = resources[name] ?? null;
    const whole = isObject(one)
      ? yield* resolver.own(one, baseIn(one, base), isTemplateName, true)
      : one;
    setMember(each, name, whole);
  }
  return { ...env, resource_registry: { ...resolved, resources: each } };
}

const baseIn = ({ base_url }: JsonObject, otherwise: string): string =>
  typeof base_url === "string" ? base_url : otherwise;

/** `deep_update`. */
function deepUpdate(old: JsonObject, update: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...old };
  for (const [key, value] of Object.entries(update)) {
    const before = merged[key] ?? {};
    const both = isObject(value) ? deepUpdate(isObject(before) ? before : {}, value) : value;
    setMember(merged, key, both);
  }
  return merged;
}

/** `base_url_for_url`: the folder that something is in. */
function baseOf(url: string): string {
  const [, head = "", path = ""] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)?(.*)$/iu.exec(url) ?? [];
  return `${head}${path.slice(0, Math.max(0, path.lastIndexOf("/")))}`;
}

/** `urlparse.urljoin`, for a base that ends in a slash. */
function urlJoin(base: string, name: string): string {
  if (/^[a-z][a-z0-9+.-]*:/iu.test(name)) return name;
  const [, head = "", folder = ""] = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)?(.*)$/iu.exec(base) ?? [];
  const parts: string[] = [];
  for (const part of `${name.startsWith("/") ? "" : folder}${name}`.split("/").slice(1)) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return `${head}/${parts.join("/")}`;
}
