/**
 * As whom Heat acts when nobody asks it to: heat/engine/stack.py (store, stored_context, delete),
 * heat/engine/service.py (_validate_deferred_auth_context, resource_signal), heat/common/heat_keystoneclient.py
 * (create_trust_context, delete_trust) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { isObject, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";

/** A group that grows by a signal: what is new in it is made as whoever made the stack. */
const GROUP: JsonObject = {
  heat_template_version: "2013-05-23",
  resources: {
    group: {
      type: "OS::Heat::AutoScalingGroup",
      properties: { min_size: 1, max_size: 3, resource: { type: "OS::Neutron::Net" } },
    },
    up: {
      type: "OS::Heat::ScalingPolicy",
      properties: {
        auto_scaling_group_id: { get_resource: "group" },
        adjustment_type: "change_in_capacity",
        scaling_adjustment: 1,
      },
    },
  },
  outputs: { url: { value: { get_attr: ["up", "alarm_url"] } } },
};

const trusting = (roles: readonly string[]): StackBed => {
  const bed = new StackBed({
    flags: { deferred_auth_method: "trusts", trusts_delegated_roles: roles },
  });
  bed.sendsPassword = false;
  return bed;
};

const trustsSent = (bed: StackBed): JsonObject[] =>
  bed.bodies("POST", /OS-TRUST\/trusts$/u).flatMap(({ body }) => {
    const trust: Json | undefined = isObject(body) ? body["trust"] : undefined;
    return trust !== undefined && isObject(trust) ? [trust] : [];
  });

const tokensBy = (bed: StackBed, scope: string): number =>
  bed
    .bodies("POST", /auth\/tokens$/u)
    .filter(({ body }) => JSON.stringify(body).includes(`"${scope}"`)).length;

describe("a stack whose maker is trusted (deferred_auth_method=trusts)", () => {
  it("needs no password, and its trust lives as long as it does", () => {
    const bed = trusting(["_member_"]);
    const stack = bed.build("g", GROUP);
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    const [trust, ...more] = trustsSent(bed);
    // One for the stack and the stack that is nested in it.
    expect(more).toEqual([]);
    expect(trust).toEqual({
      impersonation: true,
      project_id: textOf(trust ?? {}, "project_id"),
      roles: [{ name: "_member_" }],
      trustee_user_id: textOf(trust ?? {}, "trustee_user_id"),
      trustor_user_id: textOf(trust ?? {}, "trustor_user_id"),
    });
    expect(trust?.["trustee_user_id"]).not.toBe(trust?.["trustor_user_id"]);

    // Signals are served as the trustor, by a token of the trust.
    const { status } = bed.ask("POST", `${stack}/resources/up/signal`, {});
    expect(status).toBe(200);
    expect(tokensBy(bed, "OS-TRUST:trust")).toBe(1);
    expect(bed.bodies("POST", /networks(\.json)?$/u)).toHaveLength(2);

    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
    expect(
      bed.requests().filter((line) => line.includes("DELETE") && line.includes("OS-TRUST")),
    ).toHaveLength(1);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("is refused if its maker does not have the roles that Heat wants (MissingCredentialError)", () => {
    const bed = trusting(["heat_stack_owner"]);
    const { status, body } = bed.create("g", GROUP);
    expect(status).toBe(400);
    expect(messageOf(body)).toBe("Missing required credential: roles ['heat_stack_owner']");
    expect(bed.ask("GET", "/stacks").body).toMatchObject({ stacks: [] });
  });
});

describe("a stack whose maker's password is kept", () => {
  it("cannot be made without one if it will need it (HEAT-173)", () => {
    const bed = new StackBed();
    bed.sendsPassword = false;
    expect(messageOf(bed.create("g", GROUP).body)).toBe("Missing required credential: X-Auth-User");
  });

  it("is signalled as its maker, who logs in by the password", () => {
    const bed = new StackBed();
    const stack = bed.build("g", GROUP);
    const before = tokensBy(bed, "demo");
    bed.sendsPassword = false;
    expect(bed.ask("POST", `${stack}/resources/up/signal`, {}).status).toBe(200);
    expect(tokensBy(bed, "demo") - before).toBe(1);
    expect(bed.bodies("POST", /networks(\.json)?$/u)).toHaveLength(2);
  });
});
