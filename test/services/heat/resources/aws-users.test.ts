/** Amazon's users, their keys and policies: heat/engine/resources/user.py at 2014.2 (test_user.py). */
import { describe, expect, it } from "vitest";
import { HttpClient } from "../../../../src/http/index.js";
import { str, type JsonObject } from "../../../../src/python/index.js";
import { ec2Signature } from "../../../../src/services/keystone/client/index.js";
import { messageOf } from "../cloud-bed.js";
import { attribute, AwsBed, BUILT, cfn, GONE, reference, resource } from "./bed.js";

const user = (Policies: readonly string[] = []): JsonObject =>
  resource("AWS::IAM::User", { Policies: [...Policies] });
const key = resource("AWS::IAM::AccessKey", { UserName: { Ref: "user" } });
const policy = (...AllowedResources: readonly string[]): JsonObject =>
  resource("OS::Heat::AccessPolicy", { AllowedResources: [...AllowedResources] });
const text = resource("OS::Heat::RandomString");

describe("AWS::IAM::AccessKey", () => {
  it("is a key of a user's in Keystone, with a secret that is kept (test_access_key)", () => {
    const bed = new AwsBed();
    const outputs = {
      key: reference("key"),
      secret: attribute("key", "SecretAccessKey"),
      name: attribute("key", "UserName"),
    };
    const stack = bed.build("s", cfn({ user: user(), key }, outputs));
    expect(bed.state(stack)).toBe(BUILT);
    const { key: access, secret, name } = bed.outputs(stack);
    expect([access, secret]).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/u),
      expect.stringMatching(/^[0-9a-f]{32}$/u),
    ]);
    expect(name).toMatch(/^s-user-[a-z2-7]{12}$/u);
    expect(bed.remove(stack)).toBe(GONE);
  });

  it("is of a user that there is (test_create_access_key_no_user)", () => {
    const bed = new AwsBed();
    const other = resource("AWS::IAM::AccessKey", { UserName: "nobody" });
    expect(bed.state(bed.build("s", cfn({ key: other })))).toBe(
      "CREATE_FAILED: Resource CREATE failed: NotFound: could not find user nobody",
    );
  });
});

describe("OS::Heat::AccessPolicy", () => {
  it("names resources that there are, and is named by users as one (test_accesspolicy_create_err_notfound)", () => {
    const bed = new AwsBed();
    const { body } = bed.create("t", cfn({ policy: policy("nothing") }));
    expect(messageOf(body)).toBe("AccessPolicy resource nothing not in stack");
    expect(bed.state(bed.build("s", cfn({ user: user(["text"]), text })))).toBe(
      "CREATE_FAILED: Resource CREATE failed: InvalidTemplateAttribute: The Referenced Attribute (user Policies) is incorrect.",
    );
  });

  it("says what a signed request may look at (test_access_allowed)", () => {
    const bed = new AwsBed();
    const outputs = { key: reference("key"), secret: attribute("key", "SecretAccessKey") };
    const resources = { user: user(["policy"]), key, policy: policy("text"), text, other: text };
    const stack = bed.build("s", cfn(resources, outputs));
    expect(bed.state(stack)).toBe(BUILT);
    const { key: access = null, secret = null } = bed.outputs(stack);
    const described = (LogicalResourceId: string): number => {
      const params = {
        Action: "DescribeStackResource",
        ...{ StackName: "s", LogicalResourceId },
        ...{ AWSAccessKeyId: str(access), SignatureMethod: "HmacSHA256", SignatureVersion: "2" },
        Timestamp: "2014-11-01T00:00:00Z",
      };
      const signed = { host: "controller:8000", verb: "GET", path: "/v1/", params };
      const query = new URLSearchParams({
        ...params,
        Signature: ec2Signature(str(secret), signed),
      });
      const http = new HttpClient(bed.cloud.network, "guest");
      const url = `http://controller:8000/v1/?${query.toString()}`;
      return bed.cloud.run(http.request("GET", url)).status;
    };
    expect(described("text")).toBe(200);
    expect(described("other")).toBe(403);
  });
});
