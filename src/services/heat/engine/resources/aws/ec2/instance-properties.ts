/**
 * What may be said of an AWS::EC2::Instance, and of the servers that a launch configuration makes. Upstream:
 * heat/engine/resources/instance.py (Instance), heat/engine/resources/aws/launch_config.py at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { str, truth, type Json, type JsonObject } from "../../../../../../python/index.js";
import { StackValidationFailed } from "../../../../exception.js";
import { allowedValues, custom } from "../../../parameters/constraints.js";
import {
  boolean,
  list,
  map,
  notImplemented,
  schemata,
  text,
  type PropertySchema,
} from "../../../properties/schema.js";
import { objectsOf, type TypeFacts } from "../../service-resource.js";
import { KEY_AND_VALUE, tags } from "../tags.js";

const DEVICE = map(
  {},
  {
    DeviceName: text({ required: true }),
    Ebs: map(
      {},
      {
        DeleteOnTermination: boolean({ default: true }),
        Iops: notImplemented("NUMBER"),
        SnapshotId: text(),
        VolumeSize: text(),
        VolumeType: notImplemented(),
      },
    ),
    NoDevice: notImplemented("MAP"),
    VirtualName: notImplemented(),
  },
);

/** @param update whether another size is one in place */
export const launchProperties = (update: boolean): Readonly<Record<string, PropertySchema>> => ({
  ImageId: text({ required: true, constraints: [custom("glance.image")] }),
  InstanceType: text({ required: true, update }),
  KeyName: text({ constraints: [custom("nova.keypair")] }),
  UserData: text(),
  SecurityGroups: list(),
  KernelId: notImplemented(),
  RamDiskId: notImplemented(),
  BlockDeviceMappings: list({}, DEVICE),
  NovaSchedulerHints: list({}, map({}, KEY_AND_VALUE)),
});

export const INSTANCE: TypeFacts = {
  className: "Instance",
  schemata: schemata({
    ...launchProperties(true),
    AvailabilityZone: text(),
    DisableApiTermination: notImplemented(),
    Monitoring: notImplemented("BOOLEAN"),
    PlacementGroupName: notImplemented(),
    PrivateIpAddress: notImplemented(),
    SecurityGroupIds: list(),
    NetworkInterfaces: list({ update: true }),
    SourceDestCheck: notImplemented("BOOLEAN"),
    SubnetId: text({ update: true }),
    Tags: tags({ update: true }),
    Tenancy: text({
      constraints: [allowedValues(["dedicated", "default"])],
      implemented: false,
    }),
    Volumes: list(
      { default: [] },
      map({}, { Device: text({ required: true }), VolumeId: text({ required: true }) }),
    ),
  }),
  attributes: ["AvailabilityZone", "PrivateDnsName", "PublicDnsName", "PrivateIp", "PublicIp"],
};

/** Devices are made of snapshots, and of nothing else. @throws StackValidationFailed */
export function* validateDevices(property: (name: string) => Op<Json>): Op<void> {
  const required = "is missing, this is required when specifying BlockDeviceMappings.";
  for (const { Ebs: ebs = null } of objectsOf(yield* property("BlockDeviceMappings"))) {
    if (!truth(ebs)) throw new StackValidationFailed({ message: `Ebs ${required}` });
    const [{ SnapshotId: snapshot = null } = {}] = objectsOf([ebs]);
    if (!truth(snapshot)) throw new StackValidationFailed({ message: `SnapshotId ${required}` });
  }
}

/** `_build_block_device_mapping`, as Nova's library sends it. */
export const devicesOf = (mappings: Json): JsonObject[] =>
  objectsOf(mappings).map(({ DeviceName: device_name = null, Ebs: ebs = null }) => {
    const [{ SnapshotId: snapshot_id = null, ...rest } = {}] = objectsOf([ebs]);
    const { VolumeSize: size = null, DeleteOnTermination: del = null } = rest;
    return {
      device_name,
      snapshot_id,
      ...(truth(size) && { volume_size: str(size) }),
      ...(del !== null && { delete_on_termination: str(del) }),
    };
  });

/** A hint that is there twice is a list. */
export function hintsOf(hints: Json): Readonly<Record<string, string | string[]>> | undefined {
  const all = objectsOf(hints);
  if (all.length === 0) return undefined;
  const found = new Map<string, string[]>();
  for (const { Key, Value } of all) {
    const key = str(Key ?? null);
    found.set(key, [...(found.get(key) ?? []), str(Value ?? null)]);
  }
  return Object.fromEntries(
    [...found].map(([key, values]) => [key, values.length === 1 ? (values[0] ?? "") : values]),
  );
}
