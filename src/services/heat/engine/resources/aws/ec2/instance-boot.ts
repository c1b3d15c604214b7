/**
 * What Nova is asked for a new AWS::EC2::Instance. Upstream: heat/engine/resources/instance.py (Instance.handle_create)
 * at 2014.2.
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Op } from "../../../../../../kernel/index.js";
import {
  b64encode,
  str,
  wellFormed,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";
import { bootBody } from "../../../../../nova/client/index.js";
import type { Clients } from "../../../../clients/index.js";
import { tagged } from "../tags.js";
import { portsFor, type OwnPort } from "./instance-interfaces.js";
import { devicesOf, hintsOf } from "./instance-properties.js";

export interface WantedInstance {
  readonly name: string;
  readonly clients: Clients;
  readonly groups: readonly Json[];
  readonly metadata: JsonObject;
  readonly port: OwnPort;
  /** The value of a property. */
  readonly property: (name: string) => Op<Json>;
}

/** Its port is made on the way, if it has a subnet and no cards. */
export function* instanceRequest(wanted: WantedInstance): Op<JsonObject> {
  const { name, clients, groups, metadata, port, property } = wanted;
  const text = function* (key: string): Op<string | undefined> {
    const value = yield* property(key);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const content = (yield* text("UserData")) ?? "";
  const imageId = yield* clients.glance.imageId(str(yield* property("ImageId")));
  const flavorId = yield* clients.nova.flavorId(str(yield* property("InstanceType")));
  const interfaces = yield* property("NetworkInterfaces");
  const cards = { interfaces, groups, subnet: yield* property("SubnetId") };
  const ports = yield* portsFor(clients, cards, port);
  const user = clients.flags.instance_user;
  const userData = clients.nova.userData({
    ...{ metadata, userData: content },
    instanceUser: user === "" ? "ec2-user" : user,
    format: "HEAT_CFNTOOLS",
  });
  return bootBody({
    ...{ name, imageId, flavorId },
    keyName: yield* text("KeyName"),
    securityGroups: groups.map(str),
    userData: b64encode(utf8ToBytes(wellFormed(userData))),
    meta: tagged(yield* property("Tags")) as Readonly<Record<string, string>>,
    hints: hintsOf(yield* property("NovaSchedulerHints")),
    nics: ports?.map((id) => ({ port: id })),
    availabilityZone: yield* text("AvailabilityZone"),
    blockDevicesV1: devicesOf(yield* property("BlockDeviceMappings")),
  });
}
