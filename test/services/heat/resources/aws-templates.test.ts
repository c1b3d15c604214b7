/**
 * Public templates of CloudFormation's language, unchanged, as in openstack/heat-templates in November 2014 (cfn/F17,
 * cfn/aws_asg.template): each is built, updated, suspended, resumed and deleted.
 */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isObject, textOf, type JsonObject } from "../../../../src/python/index.js";
import { resourceTypes } from "../../../../src/services/heat/engine/resources/registry.js";
import { parseTemplate } from "../../../../src/services/heat/template/template-format.js";
import { AwsBed, BUILT, GONE, UPDATED } from "./bed.js";

const folder = path.join(import.meta.dirname, "../templates/cfn");
const template = (name: string): JsonObject =>
  parseTemplate(fs.readFileSync(path.join(folder, `${name}.template`), "utf8"), 524_288);

/** With the images and the key that templates ask for. */
function cloud(): AwsBed {
  const bed = new AwsBed({
    computes: ["compute-1", "compute-2"].map((name) => ({ name, memory_mb: 32_768 })),
    images: ["cirros", "F17-x86_64-cfntools", "F17-i386-cfntools"].map((name) => ({ name })),
    services: ["cinder", "heat", "ceilometer"],
  });
  bed.cloud.run(
    bed.cloud
      .user("demo")
      .request("compute", "POST", "/os-keypairs", { keypair: { name: "stack_key" } }),
  );
  return bed;
}

const KEY = { KeyName: "stack_key" };
const ids = (bed: AwsBed): string[] => bed.servers.map((server) => textOf(server, "id")).sort();

/** Suspended, resumed and deleted. */
function lifeAfter(bed: AwsBed, stack: string): void {
  expect(bed.act(stack, "suspend")).toMatch(/^SUSPEND_COMPLETE/u);
  expect(bed.act(stack, "resume")).toMatch(/^RESUME_COMPLETE/u);
  expect(bed.remove(stack)).toBe(GONE);
}

describe("the types of these templates", () => {
  it("are all there", () => {
    const missing = fs.readdirSync(folder).flatMap((file) => {
      const { Resources } = template(file.replace(/\.template$/u, ""));
      return Object.values(isObject(Resources) ? Resources : {})
        .filter(isObject)
        .map((resource) => textOf(resource, "Type"))
        .filter((type) => type !== "AWS::CloudWatch::Alarm" && !resourceTypes.has(type));
    });
    expect(missing).toEqual([]);
  });
});

describe("WordPress_2_Instances_With_EBS.template", () => {
  it("is two instances, one with a volume, both made larger where they are", () => {
    const bed = cloud();
    const hot = template("WordPress_2_Instances_With_EBS");
    const stack = bed.build("blog", hot, { parameters: KEY });
    expect(bed.state(stack)).toBe(BUILT);
    expect(bed.outputs(stack)["WebsiteURL"]).toMatch(/^http:\/\/192\.168\.1\.\d+\/wordpress$/u);
    expect(bed.volumeStatuses).toEqual(["in-use"]);
    const before = ids(bed);
    bed.change(stack, hot, { parameters: { ...KEY, InstanceType: "m1.medium" } });
    expect([bed.state(stack), ids(bed), bed.volumeStatuses]).toEqual([UPDATED, before, ["in-use"]]);
    lifeAfter(bed, stack);
  });

  it("cannot be told of another database: what is attached to an instance may go to no other", () => {
    const bed = cloud();
    const hot = template("WordPress_2_Instances_With_EBS");
    const stack = bed.build("blog", hot, { parameters: KEY });
    bed.change(stack, hot, { parameters: { ...KEY, DBName: "other" } });
    expect(bed.state(stack)).toBe(
      "UPDATE_FAILED: NotSupported: Update to properties InstanceId of MountPoint (AWS::EC2::VolumeAttachment) is not supported.",
    );
    expect(bed.remove(stack)).toBe(GONE);
  });
});

describe("EC2WithEBSSample.template", () => {
  it("is an instance in a group of rules with a volume of its own", () => {
    const bed = cloud();
    const hot = template("EC2WithEBSSample");
    const stack = bed.build("sample", hot, { parameters: KEY });
    expect(bed.state(stack)).toBe(BUILT);
    const { InstanceId, PublicIP, PublicDNS } = bed.outputs(stack);
    expect([InstanceId, PublicDNS]).toEqual([ids(bed)[0], PublicIP]);
    expect(bed.volumeStatuses).toEqual(["in-use"]);
    bed.change(stack, hot, { parameters: { ...KEY, InstanceType: "m1.medium" } });
    expect([bed.state(stack), ids(bed)]).toEqual([UPDATED, [InstanceId]]);
    // Of a tiny one the image is another: it is made while the volume is still in the old one.
    bed.change(stack, hot, { parameters: { ...KEY, InstanceType: "m1.tiny" } });
    expect(bed.state(stack)).toMatch(
      /^UPDATE_FAILED: BadRequest: Invalid volume: status must be 'available' \(HTTP 400\)/u,
    );
    expect(bed.remove(stack)).toBe(GONE);
  });
});

describe("InstanceGroup.template", () => {
  it("grows by a parameter", () => {
    const bed = cloud();
    const hot = template("InstanceGroup");
    const stack = bed.build("jobs", hot, { parameters: KEY });
    expect([bed.state(stack), ids(bed).length]).toEqual([BUILT, 1]);
    bed.change(stack, hot, { parameters: { ...KEY, NumInstances: "3" } });
    expect([bed.state(stack), ids(bed).length]).toEqual([UPDATED, 3]);
    lifeAfter(bed, stack);
  });
});

describe("aws_asg.template", () => {
  it("is three instances, resized in place one after the other when asked for", () => {
    const bed = cloud();
    const hot = template("aws_asg");
    const parameters = { ...KEY, Image: "cirros", Flavor: "m1.nano" };
    const stack = bed.build("asg", hot, { parameters });
    expect([bed.state(stack), ids(bed).length]).toEqual([BUILT, 3]);
    expect(bed.outputs(stack)["scale_up_url"]).toMatch(/&Signature=/u);
    const before = ids(bed);
    bed.change(stack, hot, { parameters: { ...parameters, Flavor: "m1.tiny" } });
    // Without a rolling update, who is there stays as it is.
    expect([bed.state(stack), ids(bed)]).toEqual([UPDATED, before]);
    lifeAfter(bed, stack);
  });
});
