/** What a cloud will run is told from its options as it then is. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { checkedOptions } from "../../src/cloud/options/check.js";
import type { CloudOptions } from "../../src/cloud/options/options.js";
import { placements } from "../../src/cloud/processes/processes.js";

describe("the processes of a cloud", () => {
  it.each<Pick<CloudOptions, "computes" | "preset" | "services">>([
    {},
    { computes: 3 },
    { computes: [{ name: "left" }, { name: "right" }] },
    { preset: "nova-network" },
    { services: [{ name: "nova-network", host: "net-1" }, { name: "nova-exampleservice" }] },
  ])("are known before there is one: %j", (options) => {
    const { actors } = new Cloud({ ...options, observer: null });
    const names = actors.map(({ name }) => name).filter((name) => !name.startsWith("nova-client"));
    expect(
      placements(checkedOptions(options)).map(({ binary, host }) => `${binary}@${host}`),
    ).toEqual(names);
  });
});
