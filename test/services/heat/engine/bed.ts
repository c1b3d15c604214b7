/**
 * An engine's stacks without a cloud around them: resources of type `Test` fare as a test says, in virtual time.
 */
import { Kernel, seconds, type Op } from "../../../../src/kernel/index.js";
import { type Json, type JsonObject } from "../../../../src/python/index.js";
import { Flags } from "../../../../src/framework/index.js";
import { HttpClient, Network } from "../../../../src/http/index.js";
import { Clients, clientFlags } from "../../../../src/services/heat/clients/index.js";
import { HeatDatabase } from "../../../../src/services/heat/db/database.js";
import {
  map,
  schemata,
  text,
  type PropertySchemata,
} from "../../../../src/services/heat/engine/properties/schema.js";
import { resourceTypes } from "../../../../src/services/heat/engine/resources/registry.js";
import { Resource, type Handler } from "../../../../src/services/heat/engine/resources/resource.js";
import { Stack, type NewStack } from "../../../../src/services/heat/engine/stack/stack.js";
import { Template } from "../../../../src/services/heat/engine/template/template.js";

/** What happens to a resource of type `Test`, by its name: looks until it is there, or an error. */
interface Fate {
  readonly looks?: number;
  readonly errors?: Error[];
  readonly deleteErrors?: Error[];
}

const SCHEMATA = schemata({ value: text(), other: map() });

/** Starts stacks. */
export class Bed {
  readonly kernel = new Kernel();
  readonly db = new HeatDatabase(this.kernel);
  readonly logged: string[] = [];
  readonly done: string[] = [];
  /** `action_retry_limit`. */
  retryLimit = 5;
  fates: Readonly<Record<string, Fate>> = {};

  stack(resources: JsonObject, values: Partial<NewStack> & { outputs?: JsonObject } = {}): Stack {
    const { outputs = {}, ...rest } = values;
    const template = new Template({
      heat_template_version: "2013-05-23",
      resources,
      outputs,
    });
    const { fates, done } = this;
    const second = () => this.second;
    class Test extends Resource {
      override get className(): string {
        return "Test";
      }
      override get schemata(): PropertySchemata {
        return SCHEMATA;
      }
      override get attributeNames(): readonly string[] {
        return ["value"];
      }
      protected override createHandler(): Handler {
        const { name } = this;
        const fate = fates[name] ?? {};
        const set = (): void => {
          this.setResourceId(`${name}-id`);
        };
        let looks = fate.looks ?? 0;
        return {
          *handle() {
            done.push(`${second()} create ${name}`);
            set();
            return null;
          },
          *check() {
            const error = fate.errors?.shift();
            if (error !== undefined) throw error;
            return looks-- <= 0;
          },
        };
      }
      protected override deleteHandler(): Handler {
        const { name } = this;
        return {
          *handle() {
            done.push(`${second()} delete ${name}`);
            const error = fates[name]?.deleteErrors?.shift();
            if (error !== undefined) throw error;
            return null;
          },
        };
      }
      protected override *resolveAttribute(): Op<Json> {
        return yield* this.properties.get("value");
      }
    }
    const clientEnv = {
      kernel: this.kernel,
      http: new HttpClient(new Network(this.kernel), "heat-engine"),
      flags: new Flags({}).read(clientFlags),
      ids: this.kernel.stream("heat-engine", "clients"),
      authUri: "http://controller:5000/v3",
      service: { admin_user: "heat", admin_password: "secret", admin_tenant_name: "service" },
      log: () => undefined,
    };
    return new Stack(
      {
        kernel: this.kernel,
        db: this.db,
        ids: this.kernel.stream("heat-engine", "ids"),
        chance: this.kernel.stream("heat-engine", "chance"),
        clientsFor: (context) => new Clients(clientEnv, context),
        retryLimit: this.retryLimit,
        actionTimeout: 3600,
        log: (_level, message) => this.logged.push(message),
        addEvent: (event) => {
          this.db.addEvent(event, 1000, 10);
        },
      },
      { name: "s1", template, parameters: {}, tenant: "t", username: "u", ...rest },
      new Map([...resourceTypes, ["Test", Test]]),
    );
  }

  run<T>(op: Op<T>): T {
    return this.kernel.complete(op, { name: "test", actor: "heat-engine" });
  }

  get second(): string {
    return String(this.kernel.now / seconds(1));
  }

  created(stack: Stack): Stack {
    this.run(stack.validate());
    this.run(stack.store());
    this.run(stack.create());
    return stack;
  }

  get events(): string[] {
    return this.db.events
      .findAny()
      .map(
        ({ resource_name, resource_action, resource_status, resource_status_reason: reason }) =>
          `${resource_name} ${resource_action}_${resource_status}` +
          (reason === "state changed" ? "" : `: ${reason}`),
      );
  }
}

/** Of a stack, with its reason. */
export const state = ({ action, status, statusReason }: Stack): string =>
  `${action}_${status}: ${statusReason}`;

/** `b` needs what `a` is. */
export const CHAIN: JsonObject = {
  a: { type: "Test", properties: { value: "x" } },
  b: { type: "Test", properties: { value: { get_attr: ["a", "value"] } } },
};
