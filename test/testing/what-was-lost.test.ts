/**
 * On what ground a request that stays in its middle bears a defect's name: that a message of its own was lost or
 * waits for nobody, or that a process ended which was at work for it. No fault need have been aimed at it.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { seconds } from "../../src/kernel/index.js";

const names = (cloud: Cloud): string[] =>
  cloud
    .invariants()
    .filter(({ where }) => where.startsWith("nova.instance"))
    .map(({ invariant, exception }) => `${invariant} ${exception ?? "-"}`);

function booted(computes: number): Cloud {
  const cloud = new Cloud({ seed: 1, computes });
  cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
  cloud.settle();
  return cloud;
}

describe("a message", () => {
  // RPC-51: a queue that is not durable goes with the broker, and who is cut off does not declare it again.
  it("that no queue takes any more is why its request stays where it is", () => {
    const cloud = booted(1);
    cloud.inject({ cut_off: { host: "compute-1", for: seconds(90) } });
    cloud.inject({ restart_broker: { down: seconds(5) } });
    cloud.advance("30s");
    cloud.user("demo").command("nova stop t1");
    cloud.advance("4m");
    expect(cloud.server("t1")?.task_state).toBe("powering-off");
    expect(names(cloud)).toEqual(["at-rest state-before-message", "outcome state-before-message"]);
  });

  it("that waits for a process which is not there is why, once nobody is at work", () => {
    const cloud = booted(1);
    cloud.crash("nova-compute@compute-1");
    cloud.user("demo").command("nova stop t1");
    expect(cloud.server("t1")?.task_state).toBe("powering-off");
    cloud.settle();
    expect(names(cloud)).toEqual(["at-rest state-before-message", "outcome state-before-message"]);
    cloud.start("nova-compute@compute-1");
    cloud.settle();
    expect(names(cloud)).toEqual([]);
  });
});

describe("a process", () => {
  // nova/compute/manager.py:3614: the host that a move goes to is in no row before it has made room.
  it("that ended at work for a request is why, whatever host the rows name", () => {
    const cloud = booted(2);
    const other = cloud.server("t1")?.host === "compute-1" ? "compute-2" : "compute-1";
    cloud.user("admin").command("nova migrate {{server t1}}");
    const isAtWork = () =>
      cloud.kernel
        .threads()
        .some(({ actor, name }) => actor.endsWith(other) && name.includes("prep_resize"));
    cloud.kernel.runUntil(isAtWork);
    cloud.crash(`nova-compute@${other}`);
    cloud.settle();
    expect(cloud.server("t1")?.task_state).toBe("resize_prep");
    expect(names(cloud)).toEqual(["at-rest died-in-mid-work", "outcome died-in-mid-work"]);
  });
});

describe("a request that is slow", () => {
  // As TCP has it: what comes to a port that nobody listens at any more is answered with a reset.
  it("finds its connection reset where its server has ended meanwhile", () => {
    const cloud = new Cloud({ seed: 1 });
    const events = "/v2/*/os-server-external-events";
    const fault = cloud.inject({ slow: { path: events, by: seconds(20) } });
    cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.kernel.runUntil(() => fault.strikes > 0);
    cloud.crash("nova-api@controller");
    cloud.settle();
    expect(cloud.tail(400).filter((line) => line.includes("Failed to notify nova"))).not.toEqual(
      [],
    );
  });
});
