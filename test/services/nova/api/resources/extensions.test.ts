/**
 * The facts beside this file are those of all 89 ExtensionDescriptors under
 * nova/api/openstack/compute/contrib at 2014.2, read out of the source; nova §5.1.
 */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ApiBed } from "../bed.js";

interface Extension {
  readonly alias: string;
  readonly name: string;
  readonly namespace: string;
  readonly updated: string;
  readonly description: string;
}

interface Fact extends Extension {
  /** Below contrib. */
  readonly file: string;
}

const facts = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "extensions-2014.2.json"), "utf8"),
) as Fact[];

const listed = (): Extension[] =>
  (new ApiBed().ask("GET", "/extensions").body as unknown as { extensions: Extension[] })
    .extensions;

describe("extensions", () => {
  it("are listed with the name, namespace, date and doc string of upstream's class, and no links", () => {
    expect(facts).toHaveLength(89);
    const known = new Map(facts.map(({ file: _file, ...fact }) => [fact.alias, fact]));
    const all = listed();
    expect(all).toHaveLength(89);
    for (const extension of all) {
      expect(extension).toEqual({ ...known.get(extension.alias), links: [] });
    }
  });

  it("are sorted by alias as Python sorts: capitals first", () => {
    const aliases = listed().map(({ alias }) => alias);
    expect(aliases).toEqual([...new Set(aliases)].sort());
    expect(aliases[0]).toBe("NMN");
  });

  it("are shown by alias; another one has no words", () => {
    const bed = new ApiBed();
    expect(bed.ask("GET", "/extensions/os-availability-zone").body).toEqual({
      extension: {
        name: "AvailabilityZone",
        alias: "os-availability-zone",
        namespace: "http://docs.openstack.org/compute/ext/availabilityzone/api/v1.1",
        description:
          "1. Add availability_zone to the Create Server v1.1 API.\n       2. Add availability zones describing.\n    ",
        updated: "2012-12-21T00:00:00Z",
        links: [],
      },
    });
    for (const alias of ["os-nothing", "os-dcf", "__proto__"]) {
      expect(bed.told(bed.ask("GET", `/extensions/${alias}`))).toBe(
        "404 The resource could not be found.",
      );
    }
  });
});
