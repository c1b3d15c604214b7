/** The walls between the folders of `src`: each tested from both sides. */
import { describe, expect, it } from "vitest";
import { lint } from "./lint.js";

/** What the linter says about file `from` importing `to`, both below `src`. */
async function refusal(from: string, to: string, form = "import { x }"): Promise<string[]> {
  const up = "../".repeat(from.split("/").length - 1);
  const use = form.startsWith("import") ? "\nexport const y: unknown = x;" : "";
  const text = `${form} from "${up === "" ? "./" : up}${to}";${use}\n`;
  const all = await lint(`src/${from}`, text.replace('"./../', '"../'));
  return all.filter((message) => message.startsWith("novasim/walls"));
}

const manager = "services/nova/compute/manager.ts";

const walls: [from: string, to: string, instead: RegExp][] = [
  ["kernel/kernel.ts", "bus/bus.js", /kernel knows nothing of messages or services/],
  ["bus/bus.ts", "http/index.js", /bus knows only the kernel/],
  ["bus/bus.ts", "framework/process/service.js", /bus knows only the kernel/],
  ["http/server.ts", "bus/index.js", /HTTP knows only the kernel/],
  ["bus/bus.ts", "faults/index.js", /do as its tap/],
  ["bus/contract.ts", "vintage/rpc/values.js", /bus knows only the kernel/],
  ["bus/connection.ts", "faults/bus/injector.js", /do as its tap/],
  ["http/client.ts", "faults/rest-injector.js", /http\/tap\.ts/],
  ["hardware/hypervisor.ts", "services/nova/virt/driver.js", /belong to hosts and know no service/],
  ["hardware/hypervisor.ts", "framework/index.js", /belong to hosts and know no service/],
  ["hardware/hypervisor.ts", "faults/index.js", /belong to hosts and know no service/],
  ["faults/board.ts", "cloud/cloud.js", /act on the world below services/],
  ["faults/board.ts", "services/nova/virt/driver.js", /act on the world below services/],
  [manager, "faults/index.js", /told its environment/],
  ["framework/process/service.ts", "faults/index.js", /no particular service/],
  ["framework/process/service.ts", "hardware/hypervisor.js", /no particular service/],
  ["framework/process/service.ts", "services/nova/states.js", /no particular service/],
  ["framework/process/service.ts", "timeline/index.js", /no particular service/],
  [manager, "clients/nova.js", /told its environment \(`Env`\) by its constructor/],
  [manager, "cloud/cloud.js", /told its environment \(`Env`\) by its constructor/],
  [manager, "timeline/index.js", /told its environment \(`Env`\) by its constructor/],
  ["clients/nova.ts", "cloud/cloud.js", /over HTTP/],
  [
    "clients/nova/program.ts",
    "services/nova/api/servers.js",
    /services\/nova\/client\.ts or client\//,
  ],
  ["cloud/cloud.ts", "scenario/run.js", /nothing of scenario files/],
  ["cloud/cloud.ts", "views/text.js", /nothing of scenario files/],
  ["scenario/run.ts", "cli/main.js", /Only `src\/cli` may touch files/],
  ["timeline/reader.ts", "services/nova/states.js", /knows the observations of/],
  ["timeline/reader.ts", "cloud/cloud.js", /knows the observations of/],
  ["timeline/reader.ts", "bus/bus.js", /Use `import type`/],
  ["views/text.ts", "bus/index.js", /made from a timeline alone/],
  ["views/text.ts", "services/nova/states.js", /made from a timeline alone/],
  ["views/text.ts", "kernel/index.js", /Use `import type`/],
  ["index.ts", "cli/main.js", /must not depend on the command/],
  // Between services, only contracts.
  [manager, "services/glance/api/images.js", /services\/glance\/client\.ts/],
  [manager, "services/cinder/states.js", /services\/cinder\/client\.ts/],
  [manager, "services/nova/conductor/manager.js", /services\/nova\/conductor\/rpcapi\.ts/],
  [manager, "services/nova/scheduler/filters/ram.js", /another process/],
  [manager, "services/nova/db/instances.js", /through the conductor/],
  [manager, "services/nova/network/manager.js", /network\/rpcapi\.ts/],
  [
    "services/nova/network-api/neutronv2/api.ts",
    "services/nova/network/manager.js",
    /another process/,
  ],
  [manager, "services/nova/index.js", /import the shared file itself/],
  // What a project consists of, only the cloud asks.
  [manager, "services/nova/project.js", /only the cloud wants to know/],
  ["services/nova/project.ts", "services/glance/project.js", /only the cloud wants to know/],
  ["clients/nova.ts", "services/nova/project.js", /only the cloud wants to know/],
  ["scenario/run.ts", "services/nova/project.js", /only the cloud wants to know/],
  ["services/nova/api/servers.ts", "services/nova/virt/driver.js", /another process/],
  ["services/nova/api/servers.ts", "services/nova/compute/manager.js", /compute\/rpcapi\.ts/],
  ["services/nova/objects/instance.ts", "services/nova/compute/claims.js", /another process/],
  ["services/nova/states.ts", "services/nova/api/views.js", /another process/],
  ["services/nova/virt/driver.ts", "services/nova/db/instances.js", /through the conductor/],
  ["services/neutron/dhcp/agent.ts", "services/neutron/plugin/networks.js", /another process/],
];

const passages: [from: string, to: string][] = [
  ["bus/bus.ts", "kernel/index.js"],
  ["services/nova/project.ts", "services/nova/api/index.js"],
  ["services/nova/project.ts", "services/nova/compute/index.js"],
  ["cloud/projects.ts", "services/nova/project.js"],
  ["framework/process/service.ts", "bus/index.js"],
  [manager, "framework/index.js"],
  [manager, "hardware/power-states.js"],
  ["hardware/hypervisor.ts", "kernel/index.js"],
  ["faults/bus/injector.ts", "bus/tap.js"],
  ["vintage/rpc/loose-rpc.ts", "bus/index.js"],
  ["clients/rpc/operator.ts", "vintage/rpc/index.js"],
  ["faults/rest-injector.ts", "http/index.js"],
  ["faults/hypervisor-injector.ts", "hardware/hypervisor.js"],
  ["cloud/cloud.ts", "faults/index.js"],
  ["scenario/run/fault.ts", "faults/index.js"],
  ["services/neutron/ovs/agent.ts", "hardware/integration-bridge.js"],
  ["cloud/cloud.ts", "hardware/hypervisor.js"],
  [manager, "services/nova/conductor/rpcapi.js"],
  [manager, "services/neutron/client.js"],
  [manager, "services/neutron/client/index.js"],
  [manager, "services/nova/states.js"],
  [manager, "services/nova/objects/instance.js"],
  [manager, "services/nova/network-api/neutronv2/api.js"],
  [manager, "services/nova/network-api/model.js"],
  ["services/nova/network/manager.ts", "services/nova/db/instances.js"],
  [manager, "services/nova/compute/claims.js"],
  [manager, "services/nova/virt/driver.js"],
  ["services/nova/conductor/manager.ts", "services/nova/db/instances.js"],
  ["services/nova/compute/rpcapi.ts", "services/nova/image/image-meta.js"],
  ["services/neutron/plugin/app.ts", "services/neutron/notifiers/nova.js"],
  ["services/nova/index.ts", "services/nova/compute/manager.js"],
  ["services/index.ts", "services/nova/index.js"],
  ["clients/nova.ts", "services/nova/client/index.js"],
  ["cloud/cloud.ts", "services/nova/index.js"],
  ["cloud/cloud.ts", "timeline/index.js"],
  ["timeline/flow/candidates.ts", "text/nearest.js"],
  ["views/text.ts", "timeline/index.js"],
  ["cli/main.ts", "views/text.js"],
  ["index.ts", "cloud/cloud.js"],
];

describe("the walls", () => {
  it.each(walls)(
    "refuse that %s imports %s, and say what to do instead",
    async (from, to, says) => {
      const [message, ...more] = await refusal(from, to);
      expect(message).toMatch(says);
      expect(message).toContain(`src/${to.replace(".js", "")}`);
      expect(more).toEqual([]);
    },
  );

  it.each(passages)("let %s import %s", async (from, to) => {
    expect(await refusal(from, to)).toEqual([]);
  });

  it("hold for types, re-exports and whole modules as well", async () => {
    for (const form of ["import type { x }", "export { x }", "export *", "export type { x }"]) {
      expect(await refusal("kernel/kernel.ts", "bus/bus.js", form), form).toHaveLength(1);
    }
  });

  it("let the timeline have types of observations, and the kernel's words for time", async () => {
    const from = "timeline/recorder.ts";
    expect(await refusal(from, "bus/observations.js", "import type { x }")).toEqual([]);
    expect(await refusal(from, "bus/observations.js", "import { type x }")).toHaveLength(1);
    const words = "import { NO_CAUSE as x, type Cause }";
    expect(await refusal(from, "kernel/index.js", words)).toEqual([]);
    expect(await refusal(from, "kernel/index.js", "import { Kernel as x }")).toHaveLength(1);
  });
});
