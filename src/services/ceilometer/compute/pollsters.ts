/**
 * What is measured of the servers of a host. Pollsters that libvirt's inspector has nothing for say so in a line
 * of debugging and measure nothing: cpu_util, memory.usage, and the rates, which the pipeline makes out of the
 * others. Upstream: ceilometer/compute/pollsters/*.py, setup.cfg (ceilometer.poll.compute) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { done, type Op } from "../../../kernel/index.js";
import { dictOrder, isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { PerCycle, type Cycle, type Pollster } from "../agent/pollster.js";
import type { Measurement } from "../sample.js";
import { userMetadataFlags } from "../user-metadata.js";
import type { DiskStats, LibvirtInspector } from "./inspector.js";
import { ignoring, instancePollster, once } from "./instance-pollster.js";
import {
  instanceName,
  instanceSample,
  type Measured,
  type SampleOptions,
} from "./instance-sample.js";
import { vnicPollsters } from "./vnics.js";

export function computePollsters(env: Env, inspector: LibvirtInspector): readonly Pollster[] {
  const flags = env.flags.read(userMetadataFlags);
  const sample = (instance: JsonObject, measured: Measured, options?: SampleOptions): Measurement =>
    instanceSample(env, flags, instance, measured, options);

  const cpu = instancePollster(
    env,
    "cpu",
    (instance) => {
      const { number: cpu_number, time } = inspector.cpus(instanceName(instance));
      const measured = { name: "cpu", type: "cumulative", unit: "ns", volume: time };
      return done([sample(instance, measured, { additional: { cpu_number } })]);
    },
    (instance, message) => `could not get CPU time for ${textOf(instance, "id")}: ${message}`,
  );

  const inspected = new PerCycle<readonly DiskStats[]>();
  const disksOf = (instance: JsonObject, cycle: Cycle): Op<readonly DiskStats[]> => {
    const name = instanceName(instance);
    return inspected.get(cycle, name, () => once(() => inspector.disks(name)));
  };

  const gauge = (name: string, meter: (instance: JsonObject) => string): Pollster =>
    instancePollster(
      env,
      name,
      (instance) => {
        const measured = { type: "gauge", unit: "instance", volume: 1 };
        return done([sample(instance, { name: meter(instance), ...measured })]);
      },
      ignoring,
    );

  return [
    ...DISK.map(({ meter, of, unit }) =>
      instancePollster(
        env,
        `disk.${meter}`,
        function* (instance, cycle) {
          const disks = yield* disksOf(instance, cycle);
          const volume = disks.reduce((sum, disk) => sum + disk[of], 0);
          const device = dictOrder(disks.map((disk) => disk.device));
          const measured = { name: `disk.${meter}`, type: "cumulative", unit, volume };
          return [sample(instance, measured, { additional: { device } })];
        },
        ignoring,
      ),
    ),
    ...DISK.map(({ meter }) => withoutData(env, `disk.${meter}.rate`)),
    ...DISK.map(({ meter, of, unit }) =>
      instancePollster(
        env,
        `disk.device.${meter}`,
        function* (instance, cycle) {
          const disks = yield* disksOf(instance, cycle);
          const name = `disk.device.${meter}`;
          return dictOrder(disks.map((disk) => disk.device)).flatMap((device) =>
            disks
              .filter((disk) => disk.device === device)
              .map((disk) => {
                const resource_id = `${textOf(instance, "id")}-${device}`;
                const measured = { name, type: "cumulative", unit, volume: disk[of] };
                return sample(instance, measured, { resource_id });
              }),
          );
        },
        ignoring,
      ),
    ),
    ...DISK.map(({ meter }) => withoutData(env, `disk.device.${meter}.rate`)),
    cpu,
    withoutData(env, "cpu_util"),
    ...vnicPollsters(env, inspector),
    ...["network.incoming.bytes.rate", "network.outgoing.bytes.rate"].map((name) =>
      withoutData(env, name),
    ),
    gauge("instance", () => "instance"),
    gauge("instance_flavor", ({ flavor = null }) => `instance:${nameIn(flavor)}`),
    withoutData(env, "memory.usage"),
  ];
}

const nameIn = (flavor: Json): string => (isObject(flavor) ? textOf(flavor, "name") : "None");

const DISK = [
  { meter: "read.requests", of: "read_requests", unit: "request" },
  { meter: "write.requests", of: "write_requests", unit: "request" },
  { meter: "read.bytes", of: "read_bytes", unit: "B" },
  { meter: "write.bytes", of: "write_bytes", unit: "B" },
] as const;

/** What this inspector does not know. */
const withoutData = (env: Env, name: string): Pollster => ({
  name,
  samples: (_cycle, resources) => {
    for (const instance of resources.filter(isObject)) {
      env.log(
        "debug",
        `LibvirtInspector does not provide data for ${name} of ${textOf(instance, "id")}`,
      );
    }
    return done([]);
  },
});
