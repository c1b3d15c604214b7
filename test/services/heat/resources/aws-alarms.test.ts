/**
 * Alarms in Amazon's words, and who restarts instances: etc/heat/templates/AWS_CloudWatch_Alarm.yaml,
 * heat/engine/resources/instance.py (Restarter), heat/engine/stack.py (restart_resource) at 2014.2 (test_restarter.py).
 * OS::Heat::CWLiteAlarm and the watch rules behind it, which `periodic_interval` is for (other-services §8.6 row 10),
 * are not simulated: only heat-api-cloudwatch feeds them, and it is not there.
 */
import { describe, expect, it } from "vitest";
import { HttpClient } from "../../../../src/http/index.js";
import { str, textOf, type JsonObject } from "../../../../src/python/index.js";
import { messageOf } from "../cloud-bed.js";
import { attribute, AwsBed, BUILT, cfn, GONE, instance, reference, resource } from "./bed.js";

describe("AWS::CloudWatch::Alarm", () => {
  const alarm = (more: JsonObject = {}): JsonObject =>
    resource("AWS::CloudWatch::Alarm", {
      ...{ MetricName: "cpu_util", Statistic: "Average", Period: "60", EvaluationPeriods: "1" },
      ...{ Threshold: "50", ComparisonOperator: "GreaterThanThreshold" },
      ...{ AlarmActions: ["http://somewhere/"] },
      ...more,
    });
  const dimensions = { Dimensions: [{ Name: "AutoScalingGroupName", Value: "g" }] };

  it("is a stack around an alarm of Ceilometer's, in Ceilometer's words", () => {
    const bed = new AwsBed({ services: ["heat", "ceilometer"] });
    const stack = bed.build("s", cfn({ alarm: alarm(dimensions) }));
    expect(bed.state(stack)).toBe(BUILT);
    const [sent] = bed.bodies("POST", /\/v2\/alarms$/u);
    expect(sent?.body).toMatchObject({
      alarm_actions: ["http://somewhere/"],
      ok_actions: [],
      repeat_actions: true,
      threshold_rule: {
        ...{ meter_name: "cpu_util", statistic: "avg", comparison_operator: "gt", threshold: "50" },
        query: [{ field: "metadata.user_metadata.AutoScalingGroupName", op: "eq", value: "g" }],
      },
    });
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("wants to know of whom, as its template has no default for that", () => {
    const { body } = new AwsBed().create("s", cfn({ alarm: alarm() }));
    expect(messageOf(body)).toBe("Property error : alarm: Property Dimensions not assigned");
  });
});

describe("OS::Heat::HARestarter", () => {
  const restarter = (name: string): JsonObject =>
    resource("OS::Heat::HARestarter", { InstanceId: { Ref: name } });
  const outputs = { url: attribute("restarter", "AlarmUrl"), id: reference("restarter") };
  const signalled = (bed: AwsBed, url: string, body: JsonObject): number => {
    const http = new HttpClient(bed.cloud.network, "anybody");
    const { status } = bed.cloud.run(http.request("POST", url, { body }));
    bed.cloud.settle();
    return status;
  };
  const ids = (bed: AwsBed): string[] => bed.servers.map((server) => textOf(server, "id"));

  it("makes an instance anew, and all that needs it, itself included (test_create, restart_resource)", () => {
    const bed = new AwsBed();
    const text = resource("OS::Heat::RandomString", {}, { DependsOn: "web" });
    const stack = bed.build(
      "s",
      cfn({ web: instance(), text, restarter: restarter("web") }, outputs),
    );
    expect(bed.state(stack)).toBe(BUILT);
    const { url = null, id: user } = bed.outputs(stack);
    expect(url).toMatch(/^http:\/\/controller:8000\/v1\/signal\/arn/u);
    const before = ids(bed);
    expect(signalled(bed, str(url), { state: "OK" })).toBe(200);
    expect(ids(bed)).toEqual(before);
    signalled(bed, str(url), { state: "ALARM" });
    expect(ids(bed)).toHaveLength(1);
    expect(ids(bed)).not.toEqual(before);
    expect(bed.resources(stack)).toEqual([
      "restarter CREATE_COMPLETE",
      "text CREATE_COMPLETE",
      "web CREATE_COMPLETE",
    ]);
    // Whoever has its URL has that of a user who is gone.
    expect(bed.outputs(stack)["id"]).not.toBe(user);
    expect(bed.outputs(stack)["url"]).not.toBe(url);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("aborts what it has not begun to make when something cannot be made", () => {
    const bed = new AwsBed();
    const text = resource("OS::Heat::RandomString", {}, { DependsOn: "web" });
    const stack = bed.build(
      "s",
      cfn({ web: instance(), text, restarter: restarter("web") }, outputs),
    );
    const { url = null } = bed.outputs(stack);
    bed.cloud.inject({ answer: { method: "POST", path: "/v2/*/servers", status: 400 } });
    signalled(bed, str(url), { state: "ALARM" });
    // They have no row any more, so of their state nothing is kept but the events.
    expect(bed.resources(stack)).toEqual([
      "restarter INIT_COMPLETE",
      "text INIT_COMPLETE",
      "web CREATE_FAILED",
    ]);
    const { body } = bed.ask("GET", `${stack}/events?resource_name=text`) as unknown as {
      body: { events: { resource_status_reason: string }[] };
    };
    expect(body.events[0]?.resource_status_reason).toBe("Resource restart aborted");
  });
});
