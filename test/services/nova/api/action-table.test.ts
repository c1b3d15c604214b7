/**
 * The tables of docs/juno that say what a server may be asked for and what it is called meanwhile, row by row: nova
 * §3.1 by asking a nova-api in every state, nova §4.2 and §4.4 by the words themselves.
 */
import { describe, expect, it } from "vitest";
import { minutes, type Observation } from "../../../../src/kernel/index.js";
import type { Json } from "../../../../src/python/index.js";
import { statusOf } from "../../../../src/services/nova/states/status.js";
import * as tasks from "../../../../src/services/nova/states/task-states.js";
import * as vms from "../../../../src/services/nova/states/vm-states.js";
import { cells, read } from "../../../docs/juno.js";
import { ApiBed, IMAGE } from "./bed.js";

/** The rows of the first table below a heading of docs/juno/nova.md. */
function rowsOf(heading: string): string[][] {
  const [, section = ""] = read("docs/juno/nova.md").split(`\n### ${heading} `);
  const [lines = ""] = section.split("\n#");
  return lines
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => cells(line).map((cell) => cell.replaceAll("**", "")));
}

/** Of a module of words: as Node reads the sources it has one export more, itself. */
const words = <W extends string>(module: Readonly<Record<string, W>>): readonly W[] =>
  Object.values(module).filter((one) => typeof one === "string");
const VM_STATES: readonly vms.VmState[] = words(vms);
const TASK_STATES = words(tasks);

/** What is sent for an operation of nova §3.1; undefined: `DELETE`. */
const BODIES: Readonly<Record<string, Json | undefined>> = {
  delete: undefined,
  "soft delete": undefined,
  forceDelete: { forceDelete: null },
  restore: { restore: null },
  "os-stop": { "os-stop": null },
  "os-start": { "os-start": null },
  pause: { pause: null },
  unpause: { unpause: null },
  suspend: { suspend: null },
  resume: { resume: null },
  "reboot soft": { reboot: { type: "SOFT" } },
  "reboot hard": { reboot: { type: "HARD" } },
  rebuild: { rebuild: { imageRef: IMAGE } },
  resize: { resize: { flavorRef: "2" } },
  migrate: { migrate: null },
  confirmResize: { confirmResize: null },
  revertResize: { revertResize: null },
  createImage: { createImage: { name: "i" } },
  createBackup: { createBackup: { name: "b", backup_type: "daily", rotation: 1 } },
  rescue: { rescue: null },
  unrescue: { unrescue: null },
  "os-migrateLive": {
    "os-migrateLive": { host: null, block_migration: true, disk_over_commit: false },
  },
  evacuate: { evacuate: { onSharedStorage: "False" } },
  "lock / unlock": { lock: null },
  "os-resetState": { "os-resetState": { state: "active" } },
  changePassword: { changePassword: { adminPass: "x" } },
  "os-getConsoleOutput": { "os-getConsoleOutput": {} },
};

/** `active, error; host must be set`: the states; `any`: all. */
function statesIn(cell: string): readonly vms.VmState[] {
  const words = (cell.split(/[;(]/u)[0] ?? "").split(",").map((word) => word.trim());
  if (words[0]?.startsWith("any") === true) return VM_STATES;
  return words.map((word) => {
    const state = VM_STATES.find((known) => known === word);
    if (state === undefined) throw new Error(`"${word}" is no vm_state`);
    return state;
  });
}

interface Called extends Observation {
  readonly kind: "rpc.call";
  readonly method: string;
}

/** A flavor beside the one that a server has, as long as its move is not confirmed. */
function whileMoving(bed: ApiBed, id: string): void {
  const { metadata } = bed.db.instance_system_metadata.get(id)!;
  const flavor = Object.entries(metadata).filter(([key]) => key.startsWith("instance_type_"));
  const both = ["old_", "new_"].flatMap((prefix) =>
    flavor.map(([key, value]) => [`${prefix}${key}`, value] as const),
  );
  bed.db.instance_system_metadata.update(id, {
    metadata: { ...metadata, ...Object.fromEntries(both) },
  });
}

/** What is said of a server that is in the wrong state. */
const REFUSED = /while (?:the )?instance is in|in this state/u;

/** And of one that is locked; a restore has words that say less (contrib/deferred_delete.py). */
const LOCKED = /is locked|is in an invalid state/u;

describe("nova §3.1", () => {
  const rows = rowsOf("3.1");

  it("has an operation for each body that is sent here", () => {
    expect(rows.map(([op]) => op)).toEqual(Object.keys(BODIES));
  });

  it.each(rows)("%s: is asked, written and sent as in its row", (...row) => {
    const [op = "", , ok = "", policy = "", lock = "", allowed = "", task = "", message = ""] = row;
    const bed = new ApiBed(op === "soft delete" ? { reclaim_instance_interval: 60 } : {});
    // Who evacuates needs a host that is down.
    bed.host("c1");
    if (op === "evacuate") bed.kernel.run(bed.kernel.now + minutes(2));
    const id = bed.active();
    bed.db.migrations.insert({
      ...{ source_compute: "c1", dest_compute: "c1", source_node: "c1", dest_node: "c1" },
      ...{ dest_host: "", status: "finished", instance_uuid: id },
      ...{ old_instance_type_id: 2, new_instance_type_id: 2 },
    });
    whileMoving(bed, id);
    const body = BODIES[op];
    const usual = { task_state: null, host: "c1", deleted: 0, locked: false };
    const ask = (vm_state: vms.VmState, values = {}, as = bed.admin): string => {
      bed.db.instances.update(id, { ...usual, vm_state, ...values });
      const path = `/servers/${id}`;
      return bed.told(
        body === undefined ? bed.ask("DELETE", path, undefined, as) : bed.act(id, body, as),
      );
    };
    const [first = vms.ACTIVE] = statesIn(allowed);
    bed.forget();
    const said = ask(first);
    const written = bed.db.instances.getAny(id)?.task_state ?? null;
    const sent = [...bed.castings(), ...bed.of<Called>("rpc.call")].map(({ method }) => method);
    // Nobody is there to answer a call, or to be asked by whoever evacuates.
    if (!/^(?:call|same, flavor)/u.test(message)) expect(said.split(" ")[0]).toBe(ok.slice(0, 3));
    const [, word = ""] = /^([a-z]+(?:[_-][a-z]+)+|[a-z]+ing)\b/u.exec(task) ?? [];
    expect(written).toBe(word === "" ? null : word);
    const [, method] = /\b([a-z]+(?:_[a-z]+)+)\b/u.exec(message) ?? [];
    if (method !== undefined) expect(sent).toContain(method);
    if (message === "none") expect(sent).toEqual([]);
    const isLocked = LOCKED.test(ask(first, { locked: true, locked_by: "admin" }, bed.demo));
    if (policy !== "admin") expect(isLocked).toBe(lock === "yes");
    const done = VM_STATES.filter((state) => !REFUSED.test(ask(state)));
    expect(done.sort()).toEqual([...statesIn(allowed)].sort());
  });
});

describe("nova §4.2", () => {
  const wordsOf = (cell: string): string[] =>
    cell
      .replaceAll(/\([^)]*\)/gu, "")
      .split(",")
      .map((word) => word.trim());

  it.each(rowsOf("4.2"))("%s: is spelt as in its row", (_group, cell = "") => {
    const known: readonly string[] = TASK_STATES;
    expect(wordsOf(cell).filter((word) => !known.includes(word))).toEqual([]);
  });

  it("is all that there is", () => {
    const written = rowsOf("4.2").flatMap(([, cell = ""]) => wordsOf(cell));
    expect([...TASK_STATES].sort()).toEqual(written.sort());
  });
});

describe("nova §4.4", () => {
  it.each(rowsOf("4.4"))("%s: is shown as in its row", (state = "", usual = "", cell = "") => {
    const exceptions = new Map(
      cell.split(";").flatMap((part) => {
        const [words = "", status] = part.split("→");
        if (status === undefined) return [];
        const [shown = ""] = status.trim().split(" ");
        return words.split(",").map((word): [string, string] => [word.trim(), shown]);
      }),
    );
    for (const task of [null, ...TASK_STATES]) {
      const shown = exceptions.get(task ?? "") ?? usual;
      expect(statusOf(state, task), `${state}/${String(task)}`).toBe(shown);
    }
    expect(statusOf(state, null, true)).toBe("DELETED");
  });
});
