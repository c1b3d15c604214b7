/**
 * Laws of a volume that is tried again elsewhere: cinder/scheduler/filter_scheduler.py,
 * cinder/volume/flows/manager/create_volume.py (OnFailureRescheduleTask) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import { VolumeBed } from "../bed.js";

const HOSTS = ["controller", "volume-2"];

/** Where it was sent, attempt by attempt. */
const attempts = (bed: VolumeBed): string[] =>
  bed
    .of<Cast>("rpc.cast")
    .filter(({ method, topic }) => method === "create_volume" && topic.startsWith("cinder-volume"))
    .map(({ topic, server }) => server ?? topic);

describe("a volume whose host fails", () => {
  it("goes to another host, as the room promised to the first makes that one look fuller", () => {
    const bed = new VolumeBed({ hosts: HOSTS });
    bed.breaks("create_volume");
    bed.breaksOn("volume-2", "create_volume");
    const id = bed.asked();
    bed.wait(seconds(2));
    const tried = attempts(bed);
    expect([...tried.slice(0, 2)].sort()).toEqual(HOSTS);
    bed.wait(seconds(10));
    expect(bed.row(id).status).toBe("available");
  });

  it.each([2, 3, 5])(
    "is tried scheduler_max_attempts = %i times in all",
    (scheduler_max_attempts) => {
      const bed = new VolumeBed({ flags: { scheduler_max_attempts } });
      bed.breaks(...Array.from({ length: 9 }, () => "create_volume" as const));
      const id = bed.asked();
      bed.wait(seconds(60));
      expect(bed.row(id).status).toBe("error");
      expect(attempts(bed)).toHaveLength(scheduler_max_attempts);
    },
  );

  it("has no memory of attempts where only one is allowed, so that it is tried without end (no retry key)", () => {
    const bed = new VolumeBed({ flags: { scheduler_max_attempts: 1 } });
    bed.breaks(...Array.from({ length: 20 }, () => "create_volume" as const));
    const id = bed.asked();
    bed.wait(seconds(60));
    expect(attempts(bed)).toHaveLength(21);
    expect(bed.row(id).status).toBe("available");
    const back = bed.of<Cast>("rpc.cast").filter(({ topic }) => topic === "cinder-scheduler");
    // The failure alone comes back, and the scheduler throws it away.
    expect(Object.keys(back.at(-1)?.args.filter_properties.retry ?? {})).toEqual(["exc"]);
  });

  it("is not sent back to the host that failed where a filter says so (IgnoreAttemptedHostsFilter)", () => {
    const scheduler_default_filters = ["CapacityFilter", "IgnoreAttemptedHostsFilter"];
    const bed = new VolumeBed({ hosts: HOSTS, flags: { scheduler_default_filters } });
    for (const host of HOSTS) bed.breaksOn(host, "create_volume", "create_volume");
    const id = bed.made();
    expect(bed.row(id).status).toBe("error");
    expect(attempts(bed)).toHaveLength(2);
    expect(bed.logged("warning").some((line) => line.startsWith("No weighed hosts found"))).toBe(
      true,
    );
  });

  it("that is made of another is tried nowhere else (allow_reschedule=False)", () => {
    const bed = new VolumeBed({ hosts: HOSTS });
    const source = bed.made();
    const { host } = bed.row(source);
    bed.breaksOn((host ?? "").split("#")[0] ?? "", "create_volume");
    const clone = bed.made({ source_volid: source });
    expect(bed.lives(clone)).toEqual(["creating", "error"]);
  });

  it("keeps the quota through all attempts", () => {
    const bed = new VolumeBed();
    bed.breaks("create_volume", "create_volume");
    bed.made({ size: 2 });
    expect(bed.used()).toEqual({ volumes: [1, 0], gigabytes: [2, 0] });
  });
});

interface Cast {
  readonly kind: "rpc.cast";
  readonly topic: string;
  readonly server?: string;
  readonly method: string;
  readonly args: { readonly filter_properties: { readonly retry?: object } };
}
