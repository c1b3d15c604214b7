/**
 * The part of an engine's methods that is about configurations of software and their deployments, and how its methods
 * answer: an error of Heat's own is expected, and the log says nothing of it. Upstream: heat/engine/service.py
 * (EngineService, request_context) at 2014.2.
 */
import { expectedExceptions, type ArgsIn } from "../../../bus/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { HeatContext } from "../context.js";
import { HeatException } from "../exception.js";
import type { Engine } from "./engine.js";
import * as software from "./requests/software.js";
import type { engineApi } from "./rpcapi.js";

/** `request_context`. */
export const requested = <T>(op: () => Op<T>): Op<T> =>
  expectedExceptions([HeatException], begun(op));

/** So that what raises before its first wait is expected as well. */
function* begun<T>(op: () => Op<T>): Op<T> {
  return yield* op();
}

/** The same for what has nothing to wait for. */
export const answered = <T>(answer: () => T): Op<T> => requested(() => done(answer()));

export type Args<M extends keyof (typeof engineApi)["methods"]> = ArgsIn<typeof engineApi, M>;

export class SoftwareManager {
  protected readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  show_software_config(
    ctxt: HeatContext,
    { config_id }: Args<"show_software_config">,
  ): Op<JsonObject> {
    return answered(() => software.showConfig(this.engine, ctxt, config_id));
  }

  create_software_config(
    ctxt: HeatContext,
    values: Args<"create_software_config">,
  ): Op<JsonObject> {
    return answered(() => software.createConfig(this.engine, ctxt, values));
  }

  delete_software_config(
    ctxt: HeatContext,
    { config_id }: Args<"delete_software_config">,
  ): Op<void> {
    return answered(() => {
      software.deleteConfig(this.engine, ctxt, config_id);
    });
  }

  list_software_deployments(
    ctxt: HeatContext,
    { server_id }: Args<"list_software_deployments">,
  ): Op<JsonObject[]> {
    return answered(() => software.listDeployments(this.engine, ctxt, server_id));
  }

  metadata_software_deployments(
    ctxt: HeatContext,
    { server_id }: Args<"metadata_software_deployments">,
  ): Op<JsonObject[]> {
    return answered(() => software.deploymentMetadata(this.engine, ctxt, server_id));
  }

  show_software_deployment(
    ctxt: HeatContext,
    { deployment_id }: Args<"show_software_deployment">,
  ): Op<JsonObject> {
    return answered(() => software.showDeployment(this.engine, ctxt, deployment_id));
  }

  create_software_deployment(
    ctxt: HeatContext,
    values: Args<"create_software_deployment">,
  ): Op<JsonObject> {
    return requested(() => software.createDeployment(this.engine, ctxt, values));
  }

  update_software_deployment(
    ctxt: HeatContext,
    changes: Args<"update_software_deployment">,
  ): Op<JsonObject> {
    return requested(() => software.updateDeployment(this.engine, ctxt, changes));
  }

  delete_software_deployment(
    ctxt: HeatContext,
    { deployment_id }: Args<"delete_software_deployment">,
  ): Op<void> {
    return answered(() => {
      software.deleteDeployment(this.engine, ctxt, deployment_id);
    });
  }
}
