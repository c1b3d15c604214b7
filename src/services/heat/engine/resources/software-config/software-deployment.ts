/**
 * OS::Heat::SoftwareDeployment: a configuration that one server is to apply at some of the stack's actions. It waits
 * until the server has said how that went, by a signed URL, as a user of its own, or not at all. Upstream:
 * heat/engine/resources/software_config/software_deployment.py (SoftwareDeployment) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import {
  isObject,
  PythonTypeError,
  str,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InvalidTemplateAttribute, StackValidationFailed } from "../../../exception.js";
import { allowedValues } from "../../parameters/constraints.js";
import { Properties } from "../../properties/properties.js";
import { list, map, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import { select } from "../../template/references.js";
import { HeatError } from "../errors.js";
import type { Handler, ResourceChange } from "../resource.js";
import { itemsOf, objectsOf, type TypeFacts } from "../service-resource.js";
import { SignalResponder } from "../signal-responder.js";
import { derivedInputs, type DeployInput } from "./deployment-inputs.js";
import { ATTRIBUTES, outcomeOf } from "./deployment-outcome.js";

const ACTIONS = ["CREATE", "UPDATE", "DELETE", "SUSPEND", "RESUME"] as const;
type DeployAction = (typeof ACTIONS)[number];

/** Of every kind of deployment. */
export const DEPLOYMENT = {
  config: text({ update: true }),
  server: text(),
  input_values: map({ update: true }),
  actions: list({
    default: ["CREATE", "UPDATE"],
    constraints: [allowedValues(ACTIONS)],
    update: true,
  }),
  name: text(),
  signal_transport: text({
    default: "CFN_SIGNAL",
    constraints: [allowedValues(["CFN_SIGNAL", "HEAT_SIGNAL", "NO_SIGNAL"])],
  }),
};

const FACTS: TypeFacts = {
  className: "SoftwareDeployment",
  schemata: schemata(DEPLOYMENT),
  attributes: ATTRIBUTES,
};

export class SoftwareDeployment extends SignalResponder {
  /** An update has its properties before it is over. */
  declare private updated: Properties | undefined;

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  /** Whatever the configuration has for outputs, after these. */
  override get attributeNames(): undefined {
    return undefined;
  }

  protected override get password(): string | null {
    return this.data("password") ?? null;
  }

  protected *property(name: string): Op<Json> {
    return yield* (this.updated ?? this.properties).get(name);
  }

  /** @throws StackValidationFailed for a server of the stack that does not look for deployments */
  override *validate(): Op<void> {
    yield* super.validate();
    const server = yield* this.properties.get("server");
    const resource = server === null ? undefined : yield* this.stack.byRefId(server);
    if (resource === undefined) return;
    const format = yield* resource.properties.get("user_data_format");
    if (format === "SOFTWARE_CONFIG") return;
    const whose = `Resource ${str(server)}'s property user_data_format`;
    const why = "since there are software deployments on it.";
    throw new StackValidationFailed({
      message: `${whose} should be set to SOFTWARE_CONFIG ${why}`,
    });
  }

  protected override createHandler(): Handler {
    return this.#deploying(() => this.#create());
  }

  *#create(): Op<boolean> {
    const transport = yield* this.property("signal_transport");
    if (transport === "CFN_SIGNAL") yield* this.createSigner();
    if (transport === "HEAT_SIGNAL") {
      this.setData("password", this.stack.parts.ids.uuid().replaceAll("-", ""));
      yield* this.createUser();
    }
    return yield* this.#deploy("CREATE");
  }

  /** @param begin whether there is something to wait for */
  #deploying(begin: () => Op<boolean>, end: () => Op<void> = nothing): Handler {
    const complete = (): Op<boolean> => this.#complete();
    let waits = false;
    return {
      *handle() {
        waits = yield* begin();
        return null;
      },
      *check() {
        if (!waits) return true;
        if (!(yield* complete())) return false;
        yield* end();
        return true;
      },
    };
  }

  /** `_handle_action`. @returns whether a signal is waited for */
  *#deploy(action: DeployAction): Op<boolean> {
    const { heat } = this.clients;
    const config = yield* heat.softwareConfig(str(yield* this.property("config")));
    const actions = itemsOf(yield* this.property("actions"));
    if (!actions.includes(action) && config["group"] !== "component") return false;
    const waits = (yield* this.property("signal_transport")) !== "NO_SIGNAL";
    const values = {
      config_id: yield* this.#derivedConfig(action, config),
      server_id: yield* this.property("server"),
      action,
      stack_user_project_id: this.stack.userProjectId,
      status: waits ? "IN_PROGRESS" : "COMPLETE",
      status_reason: waits ? "Deploy data available" : "Not waiting for outputs signal",
    };
    if (action === "CREATE") {
      const { id = null } = yield* heat.createSoftwareDeployment(values);
      this.setResourceId(typeof id === "string" ? id : null);
      return waits;
    }
    const { config_id: previous = null } = yield* heat.softwareDeployment(this.ownId);
    yield* heat.updateSoftwareDeployment(this.ownId, values);
    if (typeof previous === "string") yield* this.#deleteConfig(previous);
    return waits;
  }

  /** One of this deployment's own, with the values of its inputs. */
  *#derivedConfig(action: DeployAction, source: JsonObject): Op<Json> {
    const { name: sourceName = null, group = null, options = null, outputs = null } = source;
    const given = yield* this.property("input_values");
    const values = isObject(given) ? given : {};
    const own = yield* this.#deployInputs(action);
    const inputs = derivedInputs(source["inputs"] ?? null, values, own);
    const config = yield* this.derivedConfig(source["config"] ?? null, inputs);
    const name = yield* this.property("name");
    const made = yield* this.clients.heat.createSoftwareConfig({
      ...{ group, config, options, inputs, outputs },
      name: name === null || name === "" ? sourceName : name,
    });
    return made["id"] ?? null;
  }

  protected *derivedConfig(config: Json, _inputs: readonly JsonObject[]): Op<Json> {
    return config;
  }

  *#deployInputs(action: DeployAction): Op<DeployInput[]> {
    const { stack } = this;
    const path = `${stack.name}/${str(stack.id)}`;
    const inputs: DeployInput[] = [
      ["deploy_server_id", "ID of the server being deployed to", yield* this.property("server")],
      ["deploy_action", "Name of the current action being deployed", action],
      ["deploy_stack_id", "ID of the stack this deployment belongs to", path],
      ["deploy_resource_name", "Name of this deployment resource in the stack", this.name],
    ];
    switch (yield* this.property("signal_transport")) {
      case "CFN_SIGNAL": {
        const what = "ID of signal to use for signalling output values";
        return [...inputs, ["deploy_signal_id", what, this.signedUrl()]];
      }
      case "HEAT_SIGNAL":
        return [
          ...inputs,
          ["deploy_auth_url", "URL for API authentication", this.clients.keystone.endpoint],
          ["deploy_username", "Username for API authentication", this.physicalName()],
          ["deploy_user_id", "User ID for API authentication", this.userId() ?? null],
          ["deploy_password", "Password for API authentication", this.password],
          ["deploy_project_id", "ID of project for API authentication", stack.userProjectId],
        ];
      default:
        return inputs;
    }
  }

  /** `_check_complete`. @throws HeatError for what has failed */
  *#complete(): Op<boolean> {
    const { status, status_reason = null } = yield* this.clients.heat.softwareDeployment(
      this.ownId,
    );
    if (status === "COMPLETE") return true;
    if (status !== "FAILED") return false;
    const message = `Deployment to server failed: ${str(status_reason)}`;
    this.stack.parts.log("error", message);
    throw new HeatError(message);
  }

  protected override updateHandler({ after, properties }: ResourceChange): Handler {
    return this.#deploying(
      function* (this: SoftwareDeployment): Op<boolean> {
        if (Object.keys(properties).length > 0) {
          const { lookUps } = this.stack;
          this.updated = new Properties(this.schemata, after.properties, lookUps, this.name);
        }
        return yield* this.#deploy("UPDATE");
      }.bind(this),
    );
  }

  protected override deleteHandler(): Handler {
    return this.#deploying(
      function* (this: SoftwareDeployment): Op<boolean> {
        const actions = itemsOf(yield* this.property("actions"));
        const waits = actions.includes("DELETE") && (yield* this.#deploy("DELETE"));
        if (!actions.includes("DELETE")) yield* this.#delete();
        return waits;
      }.bind(this),
      () => this.#delete(),
    );
  }

  /** `_delete_resource`. */
  *#delete(): Op<void> {
    const transport = yield* this.property("signal_transport");
    if (transport === "CFN_SIGNAL") yield* this.deleteSigner();
    if (transport === "HEAT_SIGNAL") yield* this.deleteUser();
    if (this.resourceId === null) return;
    const { heat } = this.clients;
    let config: Json = null;
    try {
      config = (yield* heat.softwareDeployment(this.resourceId))["config_id"] ?? null;
      yield* heat.deleteSoftwareDeployment(this.resourceId);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!heat.isNotFound(error)) throw error;
    }
    if (typeof config === "string") yield* this.#deleteConfig(config);
  }

  *#deleteConfig(id: string): Op<void> {
    const { heat } = this.clients;
    try {
      yield* heat.deleteSoftwareConfig(id);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!heat.isNotFound(error)) throw error;
    }
  }

  protected override suspendHandler(): Handler {
    return this.#deploying(() => this.#deploy("SUSPEND"));
  }

  protected override resumeHandler(): Handler {
    return this.#deploying(() => this.#deploy("RESUME"));
  }

  protected override signalHandler(): (details: Json) => Op<string | null> {
    return (details) => this.#signalled(details);
  }

  *#signalled(details: Json): Op<string | null> {
    const { heat } = this.clients;
    const deployment = yield* heat.softwareDeployment(this.ownId);
    const config = yield* heat.softwareConfig(str(yield* this.property("config")));
    // Outputs are expected of one that is in progress only.
    if (deployment["status"] !== "IN_PROGRESS") return null;
    const known = deployment["output_values"] ?? null;
    const { changes, event } = outcomeOf(details, config["outputs"] ?? null, known);
    yield* heat.updateSoftwareDeployment(this.ownId, changes);
    return event;
  }

  /** `FnGetAtt`: an output, if there is one of the name. @throws InvalidTemplateAttribute, PythonTypeError */
  override *attribute(key: Json, path: readonly Json[] = []): Op<Json> {
    const { heat } = this.clients;
    const { output_values: values = null } = yield* heat.softwareDeployment(this.ownId);
    const name = str(key);
    if (!isObject(values)) {
      throw new PythonTypeError("argument of type 'NoneType' is not iterable");
    }
    if (Object.hasOwn(values, name)) return select(values[name] ?? null, path) ?? null;
    const { outputs } = yield* heat.softwareConfig(str(yield* this.property("config")));
    const names = objectsOf(outputs).map((output) => output["name"]);
    if (names.includes(name) || ATTRIBUTES.includes(name)) return null;
    throw new InvalidTemplateAttribute({ resource: this.name, key });
  }
}

function* nothing(): Op<void> {
  // There is nothing to be done in the end.
}
