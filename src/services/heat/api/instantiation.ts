/**
 * What comes with a stack that is made or changed: its name, its template, its environment, files, and all
 * else, which is for the engine to read. A template by its URL is fetched by the API itself. Upstream:
 * heat/api/openstack/v1/stacks.py (InstantiationData), heat/common/urlfetch.py at 2014.2.
 */
import { ConnectionError, InvalidUrl } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  dictUpdate,
  isObject,
  KeyError,
  repr,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { StackRequest } from "../engine/rpcapi.js";
import { parseEnvironment, withSections } from "../template/environment-format.js";
import { parseTemplate, simpleParse } from "../template/template-format.js";
import type { HeatApp } from "./app.js";
import { badRequest } from "./route.js";

const OWN: readonly string[] = [
  "stack_name",
  "template",
  "template_url",
  "parameters",
  "environment",
  "files",
];

export class InstantiationData {
  readonly #app: HeatApp;
  readonly #data: JsonObject;

  constructor(app: HeatApp, data: JsonObject) {
    this.#app = app;
    this.#data = data;
  }

  /** @throws HttpFault 400 */
  stackName(): Json {
    const name = this.#data["stack_name"];
    if (name === undefined) throw badRequest("No stack name specified");
    return name;
  }

  /** All but the name. @throws HttpFault 400 */
  *request(): Op<StackRequest> {
    const template = yield* this.template();
    return { template, params: this.environment(), files: this.files(), args: this.args() };
  }

  /** In a stack to adopt, as it is, as a text, or by its URL. @throws HttpFault 400 */
  *template(): Op<JsonObject> {
    const { adopt_stack_data, template, template_url } = this.#data;
    if (adopt_stack_data !== undefined) return adopted(adopt_stack_data);
    if (template !== undefined) {
      return isObject(template) ? template : this.#parsed("Template", template);
    }
    if (template_url === undefined) throw badRequest("No template specified");
    return this.#parsed("Template", yield* this.#fetched(str(template_url)));
  }

  /** `format_parse`. */
  #parsed(type: "Template" | "Environment", data: Json): JsonObject {
    const most = this.#app.flags.max_template_size;
    // PyYAML reads a file-like thing or a text, and fails at anything else.
    const text = typeof data === "string" ? data : str(data);
    try {
      return type === "Environment" ? parseEnvironment(text) : parseTemplate(text, most);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw badRequest(`${type} not in valid format: ${error.message}`);
    }
  }

  /** `urlfetch.get`. */
  *#fetched(url: string): Op<string> {
    const refused = (why: string) => badRequest(`Could not retrieve template: ${why}`);
    const { env, flags } = this.#app;
    env.log("info", `Fetching data from ${url}`);
    const [, scheme = ""] = /^([a-z][a-z0-9+.-]*):/iu.exec(url) ?? [];
    if (!["http", "https"].includes(scheme.toLowerCase())) {
      throw refused(`Invalid URL scheme ${scheme}`);
    }
    let text: string;
    try {
      const { status, body } = yield* env.http.request("GET", url);
      if (status >= 400) throw refused(`Failed to retrieve template: ${String(status)}`);
      text = typeof body === "string" ? body : JSON.stringify(body);
    } catch (error) {
      if (!(error instanceof ConnectionError) && !(error instanceof InvalidUrl)) throw error;
      throw refused(`Failed to retrieve template: ${error.message}`);
    }
    const most = flags.max_template_size;
    if (text.length <= most) return text;
    throw refused(`Template exceeds maximum allowed size (${String(most)} bytes)`);
  }

  /** What the user gives beside overrides what is in it. @throws HttpFault 400 */
  environment(): JsonObject {
    const { environment = {}, parameters = {} } = this.#data;
    const read = isObject(environment) ? environment : this.#parsed("Environment", environment);
    const env = withSections(read);
    return { ...env, parameters: dictUpdate(env.parameters, parameters) };
  }

  files(): Json {
    return this.#data["files"] ?? {};
  }

  args(): JsonObject {
    return Object.fromEntries(Object.entries(this.#data).filter(([key]) => !OWN.includes(key)));
  }
}

/** The template of a stack that is adopted. @throws HttpFault 400 */
function adopted(data: Json): JsonObject {
  try {
    const read = simpleParse(str(data));
    if (!isObject(read)) {
      throw badRequest(`Adopt data ${str(read)} invalid. Adopt data must be a dict.`);
    }
    const { template } = read;
    if (template === undefined) throw new KeyError(repr("template"));
    return isObject(template) ? template : {};
  } catch (error) {
    if (!(error instanceof ValueError || error instanceof KeyError)) throw error;
    throw badRequest(`Invalid data: ${error.message}`);
  }
}
