/**
 * A server that may be told of software: by a user of its own it asks Heat what is to be deployed on it. A temporary URL
 * of Swift's is not simulated. Upstream: heat/engine/resources/server.py (_create_transport_credentials,
 * _populate_deployments_metadata, _register_access_key) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { str, type Json } from "../../../../../../python/index.js";
import { HeatError } from "../../errors.js";
import { StackUser } from "../../stack-user.js";

export abstract class ConfiguredServer extends StackUser {
  protected override get password(): string | null {
    return this.data("password") ?? null;
  }

  protected *isConfigured(): Op<boolean> {
    return (yield* this.properties.get("user_data_format")) === "SOFTWARE_CONFIG";
  }

  /** `_register_access_key`. */
  override *allows(credential: string | null, resource: string): Op<boolean> {
    if (credential === null || resource !== this.name) return false;
    if (!(yield* this.isConfigured())) return false;
    const transport = yield* this.properties.get("software_config_transport");
    if (transport === "POLL_SERVER_CFN") return this.data("access_key") === credential;
    return transport === "POLL_SERVER_HEAT" && this.userId() === credential;
  }

  /** What it needs to ask goes into its metadata. @throws HeatError */
  protected *addDeployments(metadata: Record<string, Json>): Op<void> {
    const transport = str(yield* this.properties.get("software_config_transport"));
    const { stack, clients } = this;
    metadata["deployments"] ??= [];
    if (transport === "POLL_TEMP_URL") {
      throw new HeatError("POLL_TEMP_URL: temporary URLs for metadata are not simulated");
    }
    if (transport === "POLL_SERVER_HEAT") {
      this.setData("password", stack.parts.ids.uuid().replaceAll("-", ""));
      yield* this.createUser();
      metadata["os-collect-config"] = {
        heat: {
          user_id: this.userId() ?? null,
          password: this.password,
          auth_url: clients.context.auth_url,
          project_id: stack.userProjectId,
          stack_id: `${stack.name}/${str(stack.id)}`,
          resource_name: this.name,
        },
      };
    } else {
      yield* this.createUser();
      yield* this.createKeypair();
      metadata["os-collect-config"] = {
        cfn: {
          metadata_url: `${clients.flags.heat_metadata_server_url}/v1/`,
          access_key_id: this.data("access_key") ?? null,
          secret_access_key: this.data("secret_key") ?? null,
          stack_name: stack.name,
          path: `${this.name}.Metadata`,
        },
      };
    }
    this.setMetadata(metadata);
  }
}
