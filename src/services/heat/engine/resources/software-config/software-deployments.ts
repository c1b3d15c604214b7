/**
 * OS::Heat::SoftwareDeployments and OS::Heat::StructuredDeployments: a deployment on each of some servers. Of an update
 * Juno takes the servers from what has changed, where they never are, and so it deletes all. Upstream:
 * heat/engine/resources/software_config/software_deployment.py (SoftwareDeployments), structured_config.py
 * (StructuredDeployments) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { dictOrder, type Json, type JsonObject } from "../../../../../python/index.js";
import { map, schemata } from "../../properties/schema.js";
import { ResourceGroup, type MemberDefinition } from "../groups/resource-group.js";
import type { TypeFacts } from "../service-resource.js";
import { DEPLOYMENT } from "./software-deployment.js";
import { INPUT_KEY } from "./structured-deployment.js";

const { server: _server, ...SHARED } = DEPLOYMENT;

/** By the attribute of each deployment. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  deploy_stdouts: "deploy_stdout",
  deploy_stderrs: "deploy_stderr",
  deploy_status_codes: "deploy_status_code",
};

const factsOf = (className: string, more = {}): TypeFacts => ({
  className,
  schemata: schemata({ servers: map(), ...SHARED, ...more }),
  attributes: Object.keys(ATTRIBUTES),
});

const SOFTWARE = factsOf("SoftwareDeployments");
const STRUCTURED = factsOf("StructuredDeployments", { input_key: INPUT_KEY });

export class SoftwareDeployments extends ResourceGroup {
  protected override get facts(): TypeFacts {
    return SOFTWARE;
  }

  protected get memberType(): string {
    return "OS::Heat::SoftwareDeployment";
  }

  protected override *memberNames(): Op<string[]> {
    return dictOrder(Object.keys((yield* this.object("servers")) ?? {}));
  }

  protected override namesAfter(): string[] {
    return [];
  }

  protected override *memberDefinition(): Op<MemberDefinition> {
    const { servers: _servers, ...shared } = yield* this.properties.all();
    return { type: this.memberType, properties: shared };
  }

  protected override *propertiesOf(name: string, properties: JsonObject): Op<JsonObject> {
    const servers = (yield* this.object("servers")) ?? {};
    return { ...properties, server: servers[name] ?? null };
  }

  /** `FnGetAtt`: what every deployment says; of anything else nothing. */
  override *attribute(key: Json): Op<Json> {
    const name = typeof key === "string" ? ATTRIBUTES[key] : undefined;
    return name === undefined ? null : yield* super.attribute("attributes", [name]);
  }
}

export class StructuredDeployments extends SoftwareDeployments {
  protected override get facts(): TypeFacts {
    return STRUCTURED;
  }

  protected override get memberType(): string {
    return "OS::Heat::StructuredDeployment";
  }
}
