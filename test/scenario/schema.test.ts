import { describe, expect, it } from "vitest";
import { scenarioJsonSchema } from "../../src/scenario/index.js";

interface Node {
  readonly properties: Record<string, Node>;
  readonly items: { readonly $ref: string };
  readonly anyOf: readonly { readonly properties: Record<string, Node> }[];
  readonly additionalProperties: boolean;
}

describe("the JSON Schema of scenarios", () => {
  const schema = scenarioJsonSchema() as unknown as Node & {
    readonly $schema: string;
    readonly required: readonly string[];
    readonly definitions: Record<string, Node>;
  };

  it("is draft-07, which editors read, and refuses unknown keys", () => {
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(["scenario", "steps"]);
  });

  it("has an alternative for every kind of step", () => {
    const kinds = schema.definitions["step"]?.anyOf.map(
      ({ properties }) => Object.keys(properties)[0],
    );
    expect(kinds).toEqual([
      ...["run", "request", "wait", "advance", "fault", "heal", "start", "stop", "crash", "check"],
      ...["together", "repeat", "note"],
    ]);
  });

  it("describes what is written in the file: durations are texts", () => {
    expect(schema.properties["cloud"]?.properties["latency"]?.properties["rest"]).toMatchObject({
      type: "string",
    });
  });
});
