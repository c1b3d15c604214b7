/**
 * Consoles that are off unless a flag says so. Upstream: nova/compute/manager.py:4393 (get_rdp_console),
 * :4437 (get_serial_console), nova/console/serial.py, nova/virt/libvirt/driver.py:2758, nova/virt/hardware.py:146 at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/python/index.js";
import { BOOT, WholeCloud } from "./bed.js";

const SERIAL = { "serial_console.enabled": true };

function console(whole: WholeCloud, action: string, type: string) {
  const at = `8774/v2/{tenant}/servers/${whole.server.id}/action`;
  return whole.http("demo", "POST", at, { [action]: { type } });
}

const message = (body: Json): string =>
  Object.values(body as Record<string, { message: string }>)[0]?.message ?? "";

/** The port that nova-consoleauth is told of; undefined if there is no console. */
function port(whole: WholeCloud, name = "t3"): number | undefined {
  whole.mark();
  const at = `8774/v2/{tenant}/servers/${whole.cloud.server(name)?.id ?? ""}/action`;
  whole.http("demo", "POST", at, { "os-getSerialConsole": { type: "serial" } });
  const told = whole.recent.find(
    (one) => one.kind === "rpc.call" && one.method === "authorize_console",
  );
  return told?.kind === "rpc.call" ? (told.args as { port: number }).port : undefined;
}

describe("a serial console", () => {
  const whole = new WholeCloud({
    flags: { ...SERIAL, "serial_console.port_range": "10000:10003" },
  });
  whole.boot();

  it("is at the first port of the range that is free, whatever type is asked for", () => {
    const { status, body } = console(whole, "os-getSerialConsole", "hologram");
    expect([status, body]).toMatchObject([
      200,
      {
        console: {
          type: "hologram",
          url: expect.stringMatching(
            /^ws:\/\/127\.0\.0\.1:6083\/\?token=[0-9a-f-]{36}$/u,
          ) as string,
        },
      },
    ]);
    expect(port(whole)).toBe(10_000);
  });

  it("is at another one when the guest is made anew, and the old one is not given back", () => {
    whole.type("nova reboot --hard t3");
    whole.rest();
    expect(port(whole)).toBe(10_001);
  });

  it("has a port only as long as there is one: then no guest starts", () => {
    whole.type("nova reboot --hard t3");
    whole.rest();
    expect(port(whole)).toBe(10_002);
    whole.type(BOOT.replace("boot t3", "boot other"));
    whole.rest();
    // driver.py:1179: the guest that was not made is asked which ports it had.
    expect(whole.faults().at(-1)).toMatch(/aborted: Could not clean up failed build/u);
    const said = whole.seen.flatMap((one) => (one.kind === "log" ? [one.message] : []));
    expect(said.join("\n")).toContain("Not able to acquire a free port for 127.0.0.1");
  });

  it("of a guest that runs keeps its port from others when nova-compute knows of none any more", () => {
    whole.cloud.crash("nova-compute@compute-1");
    whole.cloud.start("nova-compute@compute-1");
    whole.rest();
    whole.type(BOOT.replace("boot t3", "boot third"));
    whole.type(BOOT.replace("boot t3", "boot fourth"));
    whole.rest();
    const third = port(whole, "third");
    expect([third, port(whole, "fourth")].sort()).toEqual([10_000, 10_001]);
    whole.type("nova delete third");
    whole.rest();
    whole.type(BOOT.replace("boot t3", "boot fifth"));
    whole.rest();
    expect(port(whole, "fifth")).toBe(third);
  });
});

describe("how many serial consoles a guest has", () => {
  const ports = (flavor: string | undefined, image: string | undefined) => {
    const whole = new WholeCloud({ flags: SERIAL });
    if (flavor !== undefined) {
      whole.type(`nova flavor-key m1.nano set hw:serial_port_count=${flavor}`, "admin");
    }
    if (image !== undefined) {
      whole.type(`nova image-meta cirros set hw_serial_port_count=${image}`, "admin");
    }
    whole.boot();
    if (whole.server.status === "ERROR") return "ERROR";
    // As many as there are before the first one of the next guest.
    whole.boot(BOOT.replace("boot t3", "boot next"));
    return (port(whole, "next") ?? 10_000) - 10_000;
  };

  it.each<[string | undefined, string | undefined, number | string]>([
    [undefined, undefined, 1],
    [undefined, "0", 1],
    [undefined, "3", 3],
    ["3", undefined, 3],
    ["3", "2", 2],
    ["2", "0", 0],
    ["2", "3", "ERROR"],
    ["0", undefined, "ERROR"],
    ["x", undefined, "ERROR"],
  ])("hardware.py:181: flavor %s, image %s: %s", (flavor, image, count) => {
    expect(ports(flavor, image)).toBe(count);
  });
});

describe("where there are none", () => {
  it("contrib/consoles.py:104: serial ones are not available, RDP's libvirt does not know", () => {
    const whole = new WholeCloud({ flags: { "rdp.enabled": true } });
    whole.boot();
    const serial = console(whole, "os-getSerialConsole", "serial");
    expect([serial.status, message(serial.body)]).toEqual([
      400,
      "Unavailable console type serial.",
    ]);
    const rdp = console(whole, "os-getRDPConsole", "rdp-html5");
    expect([rdp.status, message(rdp.body)]).toEqual([
      501,
      "Unable to get rdp console, functionality not implemented",
    ]);
    const other = console(whole, "os-getRDPConsole", "vnc");
    expect([other.status, message(other.body)]).toEqual([400, "Invalid console type vnc"]);
  });
});

describe("a server that is on no host yet", () => {
  // contrib/consoles.py:48, :76, :102, :125: VNC's alone has words of its own.
  it.each([
    ["os-getVNCConsole", "Instance not yet ready"],
    ["os-getSPICEConsole", "Instance {} is not ready"],
    ["os-getRDPConsole", "Instance {} is not ready"],
    ["os-getSerialConsole", "Instance {} is not ready"],
  ])("%s: 409 %s", (action, words) => {
    const whole = new WholeCloud();
    whole.begin(BOOT);
    whole.untilSaid(/nova-conductor -> nova-scheduler\S* call select_destinations/u);
    const { status, body } = console(whole, action, "x");
    expect([status, message(body)]).toEqual([409, words.replace("{}", whole.server.id)]);
  });
});
