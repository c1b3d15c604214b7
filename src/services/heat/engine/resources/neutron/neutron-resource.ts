/**
 * What Neutron keeps for a stack: how its properties become a request, when it is there, when it is gone.
 * Upstream: heat/engine/resources/neutron/neutron.py (NeutronResource) at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  KeyError,
  repr,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import type { Collection, NeutronClient } from "../../../../neutron/client/index.js";
import { ResourcePropertyConflict, StackValidationFailed } from "../../../exception.js";
import { Properties } from "../../properties/properties.js";
import { TaskRunner } from "../../scheduler/task.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { ResourceDefinition } from "../../template/resource-definition.js";
import { ResourceInError, ResourceUnknownStatus } from "../errors.js";
import type { Handler } from "../resource.js";
import { ServiceResource, withoutNulls } from "../service-resource.js";

const VALUE_SPECS = "value_specs";

export abstract class NeutronResource extends ServiceResource {
  /** Where Neutron has it. */
  protected abstract readonly collection: Collection;

  protected neutron(): Op<NeutronClient> {
    return this.clients.neutron.client();
  }

  /** Of one that is not there it is the word `None`. */
  override refId(): string {
    return str(this.resourceId);
  }

  protected *show(): Op<JsonObject> {
    return yield* (yield* this.neutron()).show(this.collection, this.ownId);
  }

  /** `validate_properties`. @throws StackValidationFailed */
  protected *validateValueSpecs(): Op<void> {
    const specs = yield* this.properties.get(VALUE_SPECS);
    const banned = ["shared", "tenant_id", ...this.schemata.keys()];
    if (!isObject(specs)) return;
    const [wrong] = dictOrder(Object.keys(specs).filter((key) => banned.includes(key)));
    if (wrong === undefined) return;
    throw new StackValidationFailed({ message: `${wrong} not allowed in value_specs` });
  }

  /** `_validate_depr_property_required`. @throws ResourcePropertyConflict, StackValidationFailed */
  protected *validateOneOf(key: string, deprecated: string): Op<void> {
    const [value, old] = [yield* this.text(key), yield* this.text(deprecated)];
    if (value !== undefined && old !== undefined) {
      throw new ResourcePropertyConflict(key, deprecated);
    }
    if (value !== undefined || old !== undefined) return;
    const message = `Either ${key} or ${deprecated} should be specified.`;
    throw new StackValidationFailed({ message });
  }

  /**
   * `prepare_properties`: what is sent. @param values of properties, by name
   * @param name where they may say one and do not
   */
  protected prepared(values: JsonObject, name = this.physicalName()): Record<string, Json> {
    const { [VALUE_SPECS]: specs, ...rest } = values;
    const prepared = withoutNulls(rest);
    if (Object.hasOwn(values, "name")) prepared["name"] ??= name;
    if (isObject(specs)) Object.assign(prepared, specs);
    return prepared;
  }

  /** The same of all of its properties. */
  protected *preparedProperties(): Op<Record<string, Json>> {
    return this.prepared(yield* this.properties.all());
  }

  /** `prepare_update_properties`: those that may change, as they shall be. */
  protected *preparedUpdate(after: ResourceDefinition): Op<Record<string, Json>> {
    const { schemata, stack, name } = this;
    const properties = new Properties(schemata, after.properties, stack.lookUps, name);
    const all = yield* properties.all();
    const changing = Object.entries(all).filter(([key]) => schemata.get(key)?.updateAllowed);
    return this.prepared(Object.fromEntries(changing));
  }

  /** The id that a property stands for, by the name of one of two. */
  protected *resolved(
    props: Record<string, Json>,
    kind: "network" | "subnet",
    key: string,
    idKey: string,
  ): Op<Json> {
    const wanted = props[key] ?? null;
    if (truth(wanted)) {
      props[idKey] = yield* this.clients.neutron.find(kind, str(wanted));
      Reflect.deleteProperty(props, key);
    }
    if (!Object.hasOwn(props, idKey)) throw new KeyError(repr(idKey));
    return props[idKey] ?? null;
  }

  /** @throws ResourceInError, ResourceUnknownStatus */
  protected *isBuilt(): Op<boolean> {
    return isBuilt(yield* this.show());
  }

  /** A look a second until Neutron does not know it. */
  protected *confirmedDelete(): Stepped {
    for (;;) {
      yield* endStep();
      try {
        yield* this.show();
      } catch (error) {
        if (this.clients.neutron.isNotFound(error)) return;
        throw error;
      }
    }
  }

  /** Done, or its error if that says anything but that it is gone. @returns whether it was there */
  protected *unlessGone(op: Op<unknown>): Op<boolean> {
    try {
      yield* op;
      return true;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (this.clients.neutron.isNotFound(error)) return false;
      throw error;
    }
  }

  /** DELETE, then a look a second until it is gone. */
  protected deleteAndConfirm(): Handler {
    const { kernel } = this.stack.parts;
    const confirmed = () => this.confirmedDelete();
    const remove = (): Op<boolean> => this.unlessGone(this.#delete());
    const label = this.toString();
    let runner: TaskRunner | undefined;
    return {
      *handle() {
        if (!(yield* remove())) return null;
        runner = new TaskRunner(kernel, label, confirmed);
        yield* runner.start();
        return null;
      },
      *check() {
        return runner === undefined || (yield* runner.step());
      },
    };
  }

  *#delete(): Op<void> {
    yield* (yield* this.neutron()).delete(this.collection, this.ownId);
  }

  /** DELETE; nobody looks after it. */
  protected *deleteOnly(): Op<void> {
    yield* this.unlessGone(this.#delete());
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    let attributes: JsonObject;
    try {
      attributes = yield* this.show();
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (this.clients.neutron.isNotFound(error)) return null;
      throw error;
    }
    if (name === "show") return attributes;
    if (Object.hasOwn(attributes, name)) return attributes[name] ?? null;
    throw new KeyError(repr(name));
  }
}

/** `is_built`. @throws ResourceInError, ResourceUnknownStatus */
export function isBuilt({ status = null }: JsonObject): boolean {
  const word = str(status);
  if (word === "BUILD") return false;
  if (word === "ACTIVE" || word === "DOWN") return true;
  if (word === "ERROR") throw new ResourceInError(word);
  throw new ResourceUnknownStatus("Resource is not built", word);
}
