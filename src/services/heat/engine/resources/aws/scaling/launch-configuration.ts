/** AWS::AutoScaling::LaunchConfiguration, which makes nothing. Upstream: heat/engine/resources/aws/launch_config.py at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import { schemata } from "../../../properties/schema.js";
import { UpdateReplace } from "../../errors.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../../service-resource.js";
import { launchProperties, validateDevices } from "../ec2/instance-properties.js";

const FACTS: TypeFacts = {
  className: "LaunchConfiguration",
  schemata: schemata(launchProperties(false)),
};

export class LaunchConfiguration extends ServiceResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override refId(): string {
    return this.physicalName() ?? super.refId();
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* validateDevices((name) => this.properties.get(name));
  }

  /** Other metadata make another one, so that the instances of its groups get them. @throws UpdateReplace */
  protected override updateHandler({ template }: ResourceChange): Handler {
    const replaced = Object.hasOwn(template, "Metadata");
    const { name } = this;
    return atOnce(function* () {
      if (replaced) throw new UpdateReplace(name);
    });
  }
}
