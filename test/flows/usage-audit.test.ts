/** The audit of usage. Upstream: nova/compute/manager.py (_instance_usage_audit) at 2014.2, nova §8.2. */
import { describe, expect, it } from "vitest";
import { WholeCloud } from "./bed.js";

describe("instance_usage_audit", () => {
  const flags = { instance_usage_audit: true, instance_usage_audit_period: "hour" };

  it("tells once a period of every server that was there in the one before, and notes it down", () => {
    const whole = new WholeCloud({ flags });
    whole.boot();
    whole.pass(3600);
    whole.mark();
    whole.pass(3600);
    expect(whole.notifications().filter((event) => event === "compute.instance.exists")).toEqual([
      "compute.instance.exists",
    ]);
    const path = "8774/v2/{tenant}/os-instance_usage_audit_log";
    const { instance_usage_audit_logs: log } = whole.http("admin", "GET", path).body as {
      instance_usage_audit_logs: { overall_status: string; total_instances: number };
    };
    expect([log.overall_status, log.total_instances]).toEqual(["ALL hosts done. 0 errors.", 1]);
  });
});
