/**
 * From a binary's name to a service, by convention: `nova-exampleservice` serves topic
 * `exampleservice` with the class that flag `exampleservice_manager` names. There is no import path
 * here, so the classes that can be named are given. Upstream: nova/service.py (Service.create) at
 * 2014.2; messaging §B1.
 */
import type { Serializer } from "../../bus/index.js";
import { Exception } from "../../python/index.js";
import { NoSuchOptError } from "../flags/errors.js";
import type { FlagSet } from "../flags/index.js";
import type { Manager } from "./manager.js";
import type { RequestContext } from "../request-context.js";
import { Service, type ServiceGroup } from "./service.js";
import type { Env } from "./env.js";

/** What makes a manager of an `Env`: its class. */
export type ManagerClass = new (env: Env) => Manager;

/** The classes that a flag can name, by dotted path: `mymodule.exampleservice.ExampleServiceManager`. */
export type ManagerClasses = Readonly<Record<string, ManagerClass>>;

export interface ServicePlan {
  /** Default: the binary's name after `nova-`, all of it if there is no such part (SVC-02). */
  readonly topic?: string | undefined;
  /** Default: the class that flag `<name>_manager` names. */
  readonly manager?: ManagerClass | undefined;
  /** What the service's module defines, that flag among it. */
  readonly flags?: FlagSet | undefined;
  readonly classes?: ManagerClasses | undefined;
  readonly serializer: Serializer<RequestContext>;
  /** Where its record is kept; without one it has none, and no heartbeat. */
  readonly group?: ServiceGroup;
}

/** Python's, for a class path that leads nowhere; ClassNotFound in 2011. */
export class ImportException extends Exception {
  override readonly name: string = "ImportError";
}

/** `exampleservice` of `nova-exampleservice`. */
export const topicOf = (binary: string): string => binary.split("nova-").at(-1) ?? binary;

/**
 * A service that has yet to be started, with its manager.
 * @throws NoSuchOptError naming the flag if nothing defines it (SVC-03); ImportError for a class
 * that cannot be found, now and not at start (SVC-04)
 */
export function createService(env: Env, plan: ServicePlan): Service {
  const name = topicOf(env.binary);
  const { topic = name, manager: Manager = managerClass(env, name, plan) } = plan;
  const { serializer, group } = plan;
  return new Service(env, {
    topic,
    manager: new Manager(env),
    serializer,
    ...(group && { group }),
  });
}

function managerClass(
  { flags }: Env,
  name: string,
  { flags: defined = {}, classes = {} }: ServicePlan,
): ManagerClass {
  const flag = `${name}_manager`;
  if (!Object.hasOwn(defined, flag)) throw new NoSuchOptError(flag);
  const value = flags.read(defined)[flag];
  const path = typeof value === "string" ? value : "";
  const found = Object.hasOwn(classes, path) ? classes[path] : undefined;
  if (found !== undefined) return found;
  throw new ImportException(`Class ${path.split(".").at(-1) ?? ""} cannot be found (${path})`, {
    path,
  });
}
