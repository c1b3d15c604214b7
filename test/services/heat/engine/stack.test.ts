/**
 * Stacks and their resources: heat/engine/stack.py, heat/engine/resource.py,
 * heat/engine/resources/random_string.py at 2014.2 (upstream's test_parser.py, test_resource.py,
 * test_random_string.py).
 */
import { describe, expect, it } from "vitest";
import { str, ValueError, type JsonObject } from "../../../../src/python/index.js";
import { ResourceInError } from "../../../../src/services/heat/engine/resources/errors.js";
import { shortId } from "../../../../src/services/heat/engine/resources/names.js";
import type { NewStack } from "../../../../src/services/heat/engine/stack/stack.js";
import { raised } from "../scope.js";
import { Bed, CHAIN, state } from "./bed.js";

describe("a stack that is created", () => {
  it("has each resource a second after those that it depends on, and tells of each", () => {
    const bed = new Bed();
    const stack = bed.created(bed.stack(CHAIN));
    expect(bed.done).toEqual(["0 create a", "1 create b"]);
    expect(bed.second).toBe("2");
    expect(state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    expect(bed.events).toEqual([
      "a CREATE_IN_PROGRESS",
      "a CREATE_COMPLETE",
      "b CREATE_IN_PROGRESS",
      "b CREATE_COMPLETE",
    ]);
    expect(bed.db.resources.find().map(({ name, nova_instance }) => [name, nova_instance])).toEqual(
      [
        ["a", "a-id"],
        ["b", "b-id"],
      ],
    );
    expect(bed.db.resources.first({ name: "b" })?.properties_data).toEqual({ value: "x" });
  });

  it("looks at one that is not there yet once a second", () => {
    const bed = new Bed();
    bed.fates = { a: { looks: 3 } };
    bed.created(bed.stack(CHAIN));
    expect(bed.done).toEqual(["0 create a", "4 create b"]);
  });

  it("has failed where a resource has, with the error's class and words, and goes no further", () => {
    const bed = new Bed();
    bed.fates = { a: { errors: [new ValueError("broken")] } };
    const stack = bed.created(bed.stack(CHAIN));
    expect(state(stack)).toBe("CREATE_FAILED: Resource CREATE failed: ValueError: broken");
    expect(bed.events).toEqual(["a CREATE_IN_PROGRESS", "a CREATE_FAILED: ValueError: broken"]);
  });

  it("deletes and makes again what has gone into an error, after a pause that grows (HEAT-180)", () => {
    const bed = new Bed();
    const error = () => new ResourceInError("ERROR", "just because");
    bed.fates = { a: { errors: [error(), error()] } };
    const stack = bed.created(bed.stack({ a: { type: "Test" } }));
    expect(state(stack)).toMatch(/^CREATE_COMPLETE/u);
    expect(bed.events.slice(0, 5)).toEqual([
      "a CREATE_IN_PROGRESS",
      'a CREATE_FAILED: ResourceInError: Went to status ERROR due to "just because"',
      "a DELETE_IN_PROGRESS",
      "a DELETE_COMPLETE",
      "a CREATE_IN_PROGRESS",
    ]);
    const at = bed.done.map((line) => Number(line.split(" ")[0]));
    const pauses = [at[2]! - at[1]!, at[4]! - at[3]!];
    // One step of the delete, then 2 or 4 seconds and up to 2 more.
    expect(pauses[0]).toBeGreaterThanOrEqual(3);
    expect(pauses[0]).toBeLessThanOrEqual(6);
    expect(pauses[1]).toBeGreaterThanOrEqual(5);
    expect(pauses[1]).toBeLessThanOrEqual(8);
  });

  it("makes one six times at most, reports the first failure, and leaves the last one there (other-services §8.6 row 2)", () => {
    const bed = new Bed();
    const errors = Array.from(
      { length: 9 },
      (_error, index) => new ResourceInError("ERROR", `try ${String(index + 1)}`),
    );
    bed.fates = { a: { errors } };
    const stack = bed.created(bed.stack({ a: { type: "Test" } }));
    expect(state(stack)).toMatch(/due to "try 1"$/u);
    expect(bed.done.filter((line) => line.endsWith("create a"))).toHaveLength(6);
    expect(bed.done.filter((line) => line.endsWith("delete a"))).toHaveLength(5);
  });

  it("is undone where that is wanted, and then no more among the living (other-services §8.6 row 4)", () => {
    const bed = new Bed();
    bed.fates = { b: { errors: [new ValueError("broken")] } };
    const stack = bed.created(bed.stack(CHAIN, { disableRollback: false }));
    expect(state(stack)).toBe("ROLLBACK_COMPLETE: Stack ROLLBACK completed successfully");
    expect(bed.done).toEqual(["0 create a", "1 create b", "3 delete b", "4 delete a"]);
    expect(bed.db.stacks.find()).toEqual([]);
    expect(bed.db.stacks.findAny()).toHaveLength(1);
    expect(bed.db.resources.findAny()).toEqual([]);
  });

  it("is out of time in the end, with what runs aborted (other-services §8.6 row 1)", () => {
    const bed = new Bed();
    bed.fates = { a: { looks: 9999 } };
    const stack = bed.created(bed.stack(CHAIN, { timeoutMinutes: 1 }));
    expect(state(stack)).toBe("CREATE_FAILED: Create timed out");
    expect(bed.events.at(-1)).toBe("a CREATE_FAILED: CREATE aborted");
    expect(bed.second).toBe("61");
  });

  it("shows its outputs, and why one has no value", () => {
    const bed = new Bed();
    const outputs = {
      good: { value: { get_attr: ["a", "value"] } },
      bad: { value: { list_join: ["", [{ get_resource: "a" }, 5]] } },
    };
    const stack = bed.created(bed.stack(CHAIN, { outputs }));
    expect(bed.run(stack.output("good"))).toEqual({ value: "x" });
    expect(bed.run(stack.output("bad"))).toEqual({
      value: null,
      error: "Items to join must be strings 5",
    });
  });
});

describe("a stack that is deleted", () => {
  it("goes backwards, and keeps the events alone", () => {
    const bed = new Bed();
    const stack = bed.created(bed.stack(CHAIN));
    bed.run(stack.delete());
    expect(bed.done.slice(2)).toEqual(["2 delete b", "3 delete a"]);
    expect(bed.db.resources.findAny()).toEqual([]);
    expect(bed.events.slice(4)).toEqual([
      "b DELETE_IN_PROGRESS",
      "b DELETE_COMPLETE",
      "a DELETE_IN_PROGRESS",
      "a DELETE_COMPLETE",
    ]);
  });

  it("stays where something could not be deleted, and goes on from there", () => {
    const bed = new Bed();
    bed.fates = { a: { deleteErrors: [new ValueError("in use")] } };
    const stack = bed.created(bed.stack(CHAIN));
    bed.run(stack.delete());
    expect(state(stack)).toBe("DELETE_FAILED: Resource DELETE failed: ValueError: in use");
    bed.run(stack.delete());
    expect(state(stack)).toMatch(/^DELETE_COMPLETE/u);
  });

  it("leaves what is to be retained", () => {
    const bed = new Bed();
    const stack = bed.created(bed.stack({ a: { type: "Test", deletion_policy: "Retain" } }));
    bed.run(stack.delete());
    expect(bed.done).toEqual(["0 create a"]);
    expect(bed.events.at(-1)).toBe("a DELETE_COMPLETE");
  });
});

describe("a stack that is suspended", () => {
  it("is resumed, each resource with it; twice is once", () => {
    const bed = new Bed();
    const stack = bed.created(bed.stack(CHAIN));
    bed.run(stack.suspend());
    bed.run(stack.suspend());
    expect(state(stack)).toBe("SUSPEND_COMPLETE: Stack SUSPEND completed successfully");
    bed.run(stack.resume());
    expect(state(stack)).toMatch(/^RESUME_COMPLETE/u);
    expect(bed.events.filter((event) => event.startsWith("a S"))).toEqual([
      "a SUSPEND_IN_PROGRESS",
      "a SUSPEND_COMPLETE",
    ]);
    expect(bed.logged.some((line) => line.endsWith("is already suspended"))).toBe(true);
  });

  it("is not resumed before, by a resource's own words", () => {
    const bed = new Bed();
    const stack = bed.created(bed.stack({ a: { type: "Test" } }));
    bed.run(stack.resume());
    expect(state(stack)).toBe(
      "RESUME_FAILED: Resource RESUME failed: Error: State ('CREATE', 'COMPLETE') invalid for resume",
    );
  });
});

describe("a stack that is refused", () => {
  const refused = (resources: JsonObject, values: Partial<NewStack> = {}): string =>
    raised(() => {
      const bed = new Bed();
      bed.run(bed.stack(resources, values).validate());
    });

  it("has another name than it may, or a type that there is not", () => {
    expect(refused({}, { name: "1a" })).toBe(
      'ValueError: Invalid stack name 1a must contain only alphanumeric or "_-." characters, ' +
        "must start with alpha",
    );
    expect(refused({ a: { type: "OS::X::Y" } })).toBe(
      "StackValidationFailed: Unknown resource Type : OS::X::Y",
    );
    expect(refused({ "a/b": { type: "Test" } })).toBe(
      'ValueError: Resource name may not contain "/"',
    );
  });

  it("goes in circles, or refers to what is not there", () => {
    const after = (name: string) => ({ type: "Test", depends_on: name });
    expect(refused({ a: after("b"), b: after("a") })).toBe(
      'CircularDependencyException: Circular Dependency Found: {Test "a": {Test "b"}, Test "b": {Test "a"}}',
    );
    expect(refused({ a: after("c") })).toBe(
      'InvalidTemplateReference: The specified reference "c" (in a) is incorrect.',
    );
  });

  it("has properties or a policy that its resources do not take", () => {
    expect(refused({ a: { type: "Test", properties: { x: 1 } } })).toBe(
      "StackValidationFailed: Unknown Property x",
    );
    expect(refused({ a: { type: "Test", deletion_policy: "Keep" } })).toBe(
      'StackValidationFailed: Invalid deletion policy "Keep"',
    );
    expect(refused({ a: { type: "Test", deletion_policy: "Snapshot" } })).toBe(
      'StackValidationFailed: "Snapshot" deletion policy not supported',
    );
  });
});

describe("OS::Heat::RandomString", () => {
  const made = (properties: JsonObject): string => {
    const bed = new Bed();
    const outputs = { value: { value: { get_attr: ["r", "value"] } } };
    const resources = { r: { type: "OS::Heat::RandomString", properties } };
    const stack = bed.created(bed.stack(resources, { outputs }));
    const { value } = bed.run(stack.output("value"));
    expect(bed.db.resources.first({ name: "r" })?.nova_instance).toBe(value);
    return str(value);
  };

  it("is a text of 32 letters and digits, unless something else is asked for", () => {
    expect(made({})).toMatch(/^[a-zA-Z0-9]{32}$/u);
    expect(made({ length: "6", sequence: "octdigits" })).toMatch(/^[0-7]{6}$/u);
    const mixed = made({
      length: 5,
      character_sequences: [{ sequence: "_", min: 3 }],
      character_classes: [{ class: "digits" }],
    });
    expect(mixed).toMatch(/^[_0-9]{5}$/u);
    expect(mixed.split("_").length).toBeGreaterThan(3);
  });

  it("is refused where lengths do not fit, but not for a property that it has not (bug 1392754)", () => {
    const bed = new Bed();
    const stack = (properties: JsonObject) =>
      bed.stack({ r: { type: "OS::Heat::RandomString", properties } });
    const short = { length: 1, character_classes: [{ class: "digits", min: 2 }] };
    expect(
      raised(() => {
        bed.run(stack(short).validate());
      }),
    ).toMatch(/^StackValidationFailed: Length property cannot be smaller/u);
    const wrong = bed.created(stack({ size: 5 }));
    expect(state(wrong)).toBe(
      "CREATE_FAILED: Resource CREATE failed: StackValidationFailed: Unknown Property size",
    );
  });
});

describe("the name of what a resource makes", () => {
  it("ends in the sixty random bits of its id, in base 32", () => {
    // What Python gives: base64.b32encode of uuid.UUID(...).time, its first twelve characters.
    expect(shortId("01234567-89ab-4cde-8fed-cba987654321")).toBe("zxujvmasgrlh");
  });
});
