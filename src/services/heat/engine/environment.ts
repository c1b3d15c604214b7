/**
 * Which resource a type stands for: a class, a template, or another type, by what the user's environment says and
 * then by what every engine knows. Of the templates that engines know of their own, that of a database is not simulated.
 * Upstream: heat/engine/environment.py, etc/heat/environment.d/default.yaml at 2014.2.
 */
import {
  dictOrder,
  isObject,
  setMember,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { StackValidationFailed } from "../exception.js";
import { CLOUDWATCH_ALARM } from "./resources/aws/cloudwatch-alarm.js";
import type { ResourceTypes } from "./resources/resource-class.js";

/** What a type stands for. */
export type Implementation =
  | { readonly kind: "class"; readonly type: string }
  | { readonly kind: "template"; readonly template: string };

interface Info {
  readonly name: string;
  /** Null for a class. */
  readonly value: string | null;
  readonly path: readonly string[];
  readonly user: boolean;
}

/** What every engine knows beside classes. */
const GLOBAL: Readonly<Record<string, string>> = {
  "AWS::CloudWatch::Alarm": CLOUDWATCH_ALARM,
  "OS::Metering::Alarm": "OS::Ceilometer::Alarm",
  "OS::Quantum*": "OS::Neutron*",
};

/** As many types may stand for others in a row. */
const DEEPEST = 100;

const isTemplate = (text: string): boolean => /\.(?:yaml|template)$/u.test(text);

export class ResourceRegistry {
  readonly #types: ResourceTypes;
  readonly #user: JsonObject;
  /** Templates that have been named as types. */
  readonly #named = new Set<string>();

  /** @param user `resource_registry` of an environment */
  constructor(types: ResourceTypes, user: JsonObject = {}) {
    this.#types = types;
    this.#user = user;
  }

  get types(): ResourceTypes {
    return this.#types;
  }

  /** `as_dict`: what is the user's own. */
  get asDict(): JsonObject {
    const { resources = {} } = this.#user;
    const named: Record<string, Json> = {};
    for (const name of this.#named) setMember(named, name, name);
    return { ...this.#user, ...named, resources };
  }

  /** `get_child_environment`: what a nested stack has besides, its own first. */
  within(own: JsonObject): ResourceRegistry {
    return new ResourceRegistry(this.#types, { ...this.asDict, ...own });
  }

  /**
   * `get_class`.
   * @param within templates that the stack is in already, which do not stand for a type again
   * @throws StackValidationFailed
   */
  implementation(
    type: string,
    resource: string,
    within: ReadonlySet<string> = new Set(),
  ): Implementation {
    if (type === "") throw refusal(`Resource "${resource}" has no type`);
    const found = this.find(type, resource, (info) => {
      const template = templateOf(info);
      return template === undefined || !within.has(template);
    });
    if (found === undefined) throw refusal(`Unknown resource Type : ${type}`);
    return found;
  }

  /** `get_resource_info`: the first that fits, the user's own before all. */
  find(
    type: string,
    resource: string,
    accept: (info: Info) => boolean = () => true,
    kind?: Implementation["kind"],
    depth = 0,
  ): Implementation | undefined {
    if (depth > DEEPEST) return undefined;
    for (const info of this.#matches(type, resource).sort(before)) {
      const match = this.#resolved(info, type, resource, depth);
      if (match !== undefined && (kind === undefined || match.kind === kind) && accept(info)) {
        return match;
      }
    }
    return undefined;
  }

  #resolved(info: Info, type: string, resource: string, depth: number): Implementation | undefined {
    if (info.value === null && !isTemplate(info.name)) return { kind: "class", type: info.name };
    const template = templateOf(info);
    if (template !== undefined) return { kind: "template", template };
    const value = info.value ?? "";
    const other = info.name.endsWith("*")
      ? value.slice(0, -1) + type.slice(info.name.length - 1)
      : value;
    return this.find(other, resource, undefined, undefined, depth + 1);
  }

  #matches(type: string, resource: string): Info[] {
    const found: Info[] = [];
    if (isTemplate(type)) {
      this.#named.add(type);
      found.push({ name: type, value: null, path: [type], user: true });
    }
    const own = (registry: Json | undefined, path: readonly string[]): void => {
      if (!isObject(registry) || !Object.hasOwn(registry, type)) return;
      const value = registry[type];
      if (typeof value === "string")
        found.push({ name: type, value, path: [...path, type], user: true });
    };
    const { resources } = this.#user;
    if (isObject(resources) && Object.hasOwn(resources, resource)) {
      own(resources[resource], ["resources", resource]);
    }
    own(this.#user, []);
    const users = Object.entries(this.#user).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    );
    found.push(...globs(users, type, true), ...globs(Object.entries(GLOBAL), type, false));
    if (this.#types.has(type)) found.push({ name: type, value: null, path: [type], user: false });
    const mapped = Object.hasOwn(GLOBAL, type) ? GLOBAL[type] : undefined;
    if (mapped !== undefined) found.push({ name: type, value: mapped, path: [type], user: false });
    return found;
  }
}

const globs = (
  entries: readonly (readonly [string, string])[],
  type: string,
  user: boolean,
): Info[] =>
  dictOrder(entries.map(([name]) => name))
    .filter((name) => name.endsWith("*") && type.startsWith(name.slice(0, -1)))
    .flatMap((name) =>
      entries
        .filter(([other]) => other === name)
        .map(([, value]) => ({ name, value, path: [name], user })),
    );

/** The template that it stands for, if it is one. */
function templateOf({ name, value }: Info): string | undefined {
  if (isTemplate(name)) return name;
  return value !== null && isTemplate(value) ? value : undefined;
}

/** `__lt__`: the user's own first, then the longer path. */
function before(a: Info, b: Info): number {
  if (a.user !== b.user) return a.user ? -1 : 1;
  if (a.path.length !== b.path.length) return b.path.length - a.path.length;
  const [left, right] = [a.path.join("/"), b.path.join("/")];
  return left < right ? -1 : left > right ? 1 : 0;
}

const refusal = (message: string): StackValidationFailed => new StackValidationFailed({ message });
