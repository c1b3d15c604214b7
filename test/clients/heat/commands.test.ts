/** The tables and errors of `heat`. Upstream: python-heatclient 0.2.12, heatclient/v1/shell.py, heatclient/shell.py. */
import { describe, expect, it } from "vitest";
import type { CommandResult } from "../../../src/clients/index.js";
import { CinderBed } from "../cinder/bed.js";

const TEMPLATE = `
heat_template_version: 2013-05-23
description: Two words.
parameters:
  length: { type: number, default: 4 }
resources:
  one:
    type: OS::Heat::RandomString
    properties: { length: { get_param: length }, salt: x }
  two:
    type: OS::Heat::RandomString
    depends_on: one
outputs:
  word: { description: The first., value: { get_attr: [one, value] } }
`;

/** What is typed stands in a folder with files. */
class HeatBed extends CinderBed {
  override run(line: string): CommandResult {
    return this.cloud.user("admin").command(line);
  }
}

const bed = new HeatBed({
  services: ["heat"],
  flags: { enable_stack_abandon: true, enable_stack_adopt: true },
  user_files: { "words.yaml": TEMPLATE, "no.json": "just words" },
});

const LISTED = ["id", "stack_name", "stack_status", "creation_time"];
const named = (rows: string[][]): string[][] => rows.map(([, ...rest]) => rest.slice(0, 2));

describe("heat", () => {
  it("makes a stack and prints the list, in which it is under way (do_stack_create)", () => {
    const rows = bed.cells("heat stack-create -f words.yaml -P length=6 words");
    expect(rows[0]).toEqual(LISTED);
    expect(named(rows.slice(1))).toEqual([["words", "CREATE_IN_PROGRESS"]]);
    expect(named(bed.cells("heat stack-list").slice(1))).toEqual([["words", "CREATE_COMPLETE"]]);
  });

  it("lists more of stacks where more is asked for (do_stack_list)", () => {
    expect(bed.cells("heat stack-list -o -n")[0]).toEqual([
      ...["id", "stack_name", "stack_owner", "stack_status", "creation_time", "parent"],
    ]);
    expect(bed.cells("heat stack-list -f status=FAILED")).toEqual([LISTED]);
    expect(bed.failure("heat stack-list -f status").stderr).toBe(
      "Malformed parameter(status). Use the key=value format.\n",
    );
  });

  it("shows a stack by its properties, those that are lists as JSON (do_stack_show)", () => {
    const shown = bed.properties("heat stack-show words");
    expect(shown).toMatchObject({
      ...{ stack_name: "words", stack_status: "CREATE_COMPLETE", disable_rollback: "True" },
      ...{ stack_owner: "admin", timeout_mins: "None", parent: "None" },
      stack_status_reason: "Stack CREATE completed successfully",
    });
    expect(Object.keys(shown).filter((key) => key !== "")).toContain("template_description");
  });

  it("lists resources by their time, events newest first, types by name", () => {
    expect(bed.cells("heat resource-list words").map(([name]) => name)).toEqual([
      ...["resource_name", "one", "two"],
    ]);
    const events = bed.cells("heat event-list words");
    expect(events[0]).toEqual([
      ...["resource_name", "id", "resource_status_reason", "resource_status", "event_time"],
    ]);
    expect(events.slice(1).map(([name = "", , , status = ""]) => `${name} ${status}`)).toEqual([
      ...["two CREATE_COMPLETE", "two CREATE_IN_PROGRESS"],
      ...["one CREATE_COMPLETE", "one CREATE_IN_PROGRESS"],
    ]);
    expect(bed.cells("heat event-list words -r one")).toHaveLength(3);
    // The page is cut before events of other resources are left out.
    expect(bed.failure("heat event-list words -r one -l 1").stderr).toBe(
      "ERROR: No events found for resource one\n",
    );
    const types = bed.cells("heat resource-type-list").map(([name = ""]) => name);
    expect(types.slice(1)).toEqual([...types.slice(1)].sort());
    expect(types).toContain("OS::Heat::SoftwareDeployment");
  });

  it("tells what a type has, groups with the attributes that they say themselves", () => {
    const shown = bed.lines("heat resource-type-show OS::Heat::AutoScalingGroup").join("\n");
    expect(JSON.parse(shown)).toMatchObject({
      resource_type: "OS::Heat::AutoScalingGroup",
      attributes: { outputs: {}, outputs_list: {} },
    });
    expect(bed.lines("heat resource-type-template OS::Heat::RandomString")[0]).toBe(
      "HeatTemplateFormatVersion: '2012-12-12'",
    );
    expect(bed.failure("heat resource-type-show OS::No::Thing").stderr).toBe(
      "Resource Type not found: OS::No::Thing\n",
    );
    expect(bed.failure("heat resource-type-template OS::No::Thing").stderr).toBe(
      "Resource Type OS::No::Thing not found.\n",
    );
  });

  it("lists outputs, and shows one as JSON, or nothing for one that there is not", () => {
    expect(bed.cells("heat output-list words")).toEqual([
      ["output_key", "description"],
      ["word", "The first."],
    ]);
    expect(bed.lines("heat output-show words word").join("")).toMatch(/^"[A-Za-z0-9]{6}"$/u);
    expect(bed.lines("heat output-show words none")).toEqual([""]);
  });

  it.each([
    ["stack-show none", "Stack not found: none"],
    ["stack-update -f words.yaml none", "ERROR: The Stack (none) could not be found."],
    ["action-suspend none", "Stack not found: none"],
    ["resource-show words none", "Stack or resource not found: words none"],
    ["resource-metadata none one", "Stack or resource not found: none one"],
    ["resource-signal words one -D 7", "Data should be a JSON dict"],
    ["resource-signal words one -D {}", "ERROR: signal is not supported for resource."],
    ["event-show words one none", "ERROR: No event none found"],
    [
      "stack-create s",
      "Need to specify exactly one of --template-file, --template-url or --template-object",
    ],
    ["stack-create -f words.yaml words", "ERROR: The Stack (words) already exists."],
    ["stack-adopt s", "Need to specify --adopt-file"],
    ["stack-adopt -a words.yaml -e words.yaml s", "'list' object has no attribute 'find'"],
    [
      "stack-adopt -a no.json s",
      "ERROR: Adopt data just words invalid. Adopt data must be a dict.",
    ],
  ])("says why it cannot: heat %s", (line, words) => {
    expect(bed.failure(`heat ${line}`).stderr.trimEnd()).toBe(words);
  });

  it("deletes what it can, tells of what it cannot, and fails if that is all (do_stack_delete)", () => {
    expect(bed.failure("heat stack-delete none")).toEqual({
      stdout: "ERROR: The Stack (none) could not be found.\n",
      stderr: "Unable to delete any of the specified stacks.\n",
    });
    const printed = bed.done("heat stack-delete none words");
    expect(printed[0]).toBe("ERROR: The Stack (none) could not be found.");
    expect(bed.cells("heat stack-list")).toEqual([LISTED]);
  });
});
