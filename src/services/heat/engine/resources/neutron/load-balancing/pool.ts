/**
 * OS::Neutron::Pool, with the address at which it is reached, whose id is in its metadata. Upstream:
 * heat/engine/resources/neutron/loadbalancer.py (Pool) at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../../kernel/index.js";
import {
  isObject,
  str,
  textOf,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";
import { StackValidationFailed } from "../../../../exception.js";
import { allowedValues } from "../../../parameters/constraints.js";
import { boolean, integer, list, map, schemata, text } from "../../../properties/schema.js";
import { ResourceInError, ResourceUnknownStatus } from "../../errors.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, itemsOf, withoutNulls, type TypeFacts } from "../../service-resource.js";
import { NeutronResource } from "../neutron-resource.js";

const among = (...values: readonly string[]) => [allowedValues(values)];

const PERSISTENCE = map(
  {},
  {
    type: text({
      required: true,
      constraints: among("SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE"),
    }),
    cookie_name: text(),
  },
);

const FACTS: TypeFacts = {
  className: "Pool",
  schemata: schemata({
    protocol: text({ required: true, constraints: among("TCP", "HTTP", "HTTPS") }),
    subnet_id: text(),
    subnet: text(),
    lb_method: text({
      required: true,
      constraints: among("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"),
      update: true,
    }),
    name: text(),
    description: text({ update: true }),
    admin_state_up: boolean({ default: true, update: true }),
    vip: map(
      { required: true },
      {
        name: text(),
        description: text(),
        subnet: text(),
        address: text(),
        connection_limit: integer(),
        protocol_port: integer({ required: true }),
        session_persistence: PERSISTENCE,
        admin_state_up: boolean({ default: true }),
      },
    ),
    monitors: list({ default: [], update: true }),
  }),
  attributes: [
    "admin_state_up",
    "name",
    "protocol",
    "subnet_id",
    "lb_method",
    "description",
    "tenant_id",
    "vip",
  ],
};

export class Pool extends NeutronResource {
  protected readonly collection = "pools";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateOneOf("subnet", "subnet_id");
    const vip = yield* this.object("vip");
    const persistence = vip?.["session_persistence"];
    if (!isObject(persistence) || persistence["type"] !== "APP_COOKIE") return;
    if (truth(persistence["cookie_name"] ?? null)) return;
    const message =
      "Property cookie_name is required, when session_persistence type is set to APP_COOKIE.";
    throw new StackValidationFailed({ message });
  }

  protected override createHandler(): Handler {
    const make = (): Op<void> => this.#make();
    const made = (): Op<boolean> => this.#made();
    return {
      *handle() {
        yield* make();
        return null;
      },
      check: made,
    };
  }

  *#make(): Op<void> {
    const props = yield* this.preparedProperties();
    yield* this.resolved(props, "subnet", "subnet", "subnet_id");
    const { vip, monitors, ...sent } = props;
    const neutron = yield* this.neutron();
    const id = textOf(yield* neutron.create("pools", sent), "id");
    this.setResourceId(id);
    for (const monitor of itemsOf(monitors)) yield* this.#associate(id, monitor);
    const wanted = this.prepared(isObject(vip) ? vip : {}, `${this.name}.vip`);
    const { session_persistence: persistence } = wanted;
    if (isObject(persistence)) wanted["session_persistence"] = withoutNulls(persistence);
    wanted["protocol"] = yield* this.properties.get("protocol");
    if (Object.hasOwn(wanted, "subnet")) {
      yield* this.resolved(wanted, "subnet", "subnet", "subnet_id");
    } else wanted["subnet_id"] = sent["subnet_id"] ?? null;
    const made = yield* neutron.create("vips", { ...wanted, pool_id: id });
    this.setMetadata({ vip: textOf(made, "id") });
  }

  *#associate(pool: string, monitor: Json): Op<void> {
    const health_monitor = { id: monitor };
    yield* (yield* this.neutron()).addTo("pools", pool, "health_monitors", { health_monitor });
  }

  *#vip(): Op<JsonObject> {
    const { vip } = yield* this.metadata();
    return yield* (yield* this.neutron()).show("vips", str(vip ?? null));
  }

  *#made(): Op<boolean> {
    const failed = "Pool creation failed";
    const pool = yield* statusDone(this.show(), "error in pool", failed);
    if (!pool) return false;
    return yield* statusDone(this.#vip(), "error in vip", `${failed} due to vip`);
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update({ monitors, ...changed }: JsonObject): Op<void> {
    const neutron = yield* this.neutron();
    if (monitors !== undefined) {
      const now = itemsOf(monitors).map(str);
      const old = (yield* this.list("monitors")).map(str);
      for (const one of old.filter((id) => !now.includes(id))) {
        yield* neutron.removeFrom("pools", this.ownId, "health_monitors", one);
      }
      for (const one of now.filter((id) => !old.includes(id))) {
        yield* this.#associate(this.ownId, one);
      }
    }
    if (Object.keys(changed).length === 0) return;
    yield* neutron.update("pools", this.ownId, changed);
  }

  protected override deleteHandler(): Handler {
    return this.byTasks(() => this.#deletion());
  }

  *#deletion(): Op<readonly (() => Stepped)[]> {
    const neutron = yield* this.neutron();
    const tasks: (() => Stepped)[] = [];
    const metadata = yield* this.metadata();
    if (Object.keys(metadata).length > 0) {
      const there = yield* this.unlessGone(neutron.delete("vips", str(metadata["vip"] ?? null)));
      if (there) tasks.push(() => this.#vipGone());
    }
    const there = yield* this.unlessGone(neutron.delete("pools", this.ownId));
    if (there) tasks.push(() => this.confirmedDelete());
    return tasks;
  }

  *#vipGone(): Stepped {
    for (;;) {
      yield* endStep();
      if (!(yield* this.unlessGone(this.#vip()))) return;
    }
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    return name === "vip" ? yield* this.#vip() : yield* super.resolveAttribute(name);
  }
}

/** @throws ResourceInError, ResourceUnknownStatus */
function* statusDone(show: Op<JsonObject>, reason: string, result: string): Op<boolean> {
  const status = str((yield* show)["status"] ?? null);
  if (status === "PENDING_CREATE") return false;
  if (status === "ACTIVE") return true;
  if (status === "ERROR") throw new ResourceInError(status, reason);
  throw new ResourceUnknownStatus(result, status);
}
