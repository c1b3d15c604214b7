/**
 * What is plugged into guests and seen of them: `nova interface-attach`, `get-vnc-console`, `console-log`,
 * `diagnostics`. Upstream: contrib/attach_interfaces.py, consoles.py, console_output.py,
 * server_diagnostics.py, nova/compute/manager.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/python/index.js";
import { WholeCloud } from "./bed.js";

describe("a guest and its interfaces", () => {
  const whole = new WholeCloud();
  whole.boot();
  const at = `8774/v2/{tenant}/servers/${whole.server.id}`;
  const network = whole.cloud.id("network", "private") ?? "";
  const attach = (interfaceAttachment: Json) =>
    whole.http("demo", "POST", `${at}/os-interface`, { interfaceAttachment });

  it("NOV-272: gets another, while nova-api waits, and no task is noted", () => {
    whole.mark();
    const { status, body } = attach({ net_id: network });
    expect([status, body]).toMatchObject([
      200,
      { interfaceAttachment: { net_id: network, fixed_ips: [{ ip_address: "192.168.1.4" }] } },
    ]);
    whole.rest();
    expect(whole.states()).toEqual([]);
    expect(whole.ports()).toEqual(["compute-1 ovs ACTIVE", "compute-1 ovs ACTIVE"]);
    const { stdout } = whole.type("nova interface-list t3");
    expect(stdout.split("\n")[1]).toMatch(
      /^\| Port State \| Port ID +\| Net ID +\| IP addresses \| MAC Addr +\|$/u,
    );
    expect(stdout).toMatch(/\| ACTIVE +\| .* \| 192\.168\.1\.4 +\| fa:16:3e/u);
  });

  it("NOV-273: loses it with its port, and one that it does not have is a fault alone", () => {
    const { body } = whole.http("demo", "GET", `${at}/os-interface`);
    const { interfaceAttachments } = body as { interfaceAttachments: { port_id: string }[] };
    const [, second] = interfaceAttachments;
    whole.type(`nova interface-detach t3 ${second?.port_id ?? ""}`);
    whole.rest();
    expect(whole.ports()).toEqual(["compute-1 ovs ACTIVE"]);
    whole.type("nova interface-detach t3 nothing");
    whole.rest();
    expect(whole.faults()).toEqual(["404 Port nothing is not attached"]);
    expect(whole.state).toBe("active/-");
  });

  it.each<[Json, string]>([
    [{ net_id: "a", port_id: "b" }, "Must not input both network_id and port_id"],
    [
      { fixed_ips: [{ ip_address: "192.168.1.9" }] },
      "Must input network_id when request IP address",
    ],
  ])("attach_interfaces.py:94: %j is a 400: %s", (asked, message) => {
    expect(attach(asked).body).toEqual({ badRequest: { code: 400, message } });
  });

  it("NOV-272: keeps the port whose card the driver could not put in", () => {
    whole.cloud.inject({ driver: "attach_interface", host: "compute-1", times: 1 });
    const { status, body } = attach({ net_id: network });
    expect([status, body]).toMatchObject([
      500,
      { computeFault: { message: "Failed to attach interface" } },
    ]);
    whole.rest();
    expect(whole.ports()).toHaveLength(2);
  });

  it("NOV-270: has a screen, for which nova-consoleauth keeps a token", () => {
    whole.mark();
    const { stdout } = whole.type("nova get-vnc-console t3 novnc");
    expect(stdout).toMatch(
      /\| novnc \| http:\/\/127\.0\.0\.1:6080\/vnc_auto\.html\?token=[0-9a-f-]{36} \|/u,
    );
    const asked = whole.texts().filter((text) => / call (get_vnc|authorize)/u.test(text));
    expect(asked).toEqual([
      "nova-api -> nova-compute@compute-1 call get_vnc_console",
      "nova-api -> nova-consoleauth call authorize_console",
    ]);
    const said = (line: string): string => whole.type(`nova ${line}`).stderr;
    expect(said("get-vnc-console t3 hologram")).toContain(
      "Invalid console type hologram (HTTP 400)",
    );
    expect(said("get-spice-console t3 spice-html5")).toContain(
      "Unavailable console type spice-html5. (HTTP 400)",
    );
    expect(said("get-serial-console t3")).toContain("Unavailable console type serial. (HTTP 400)");
  });

  it("shows administrators what is counted of it while it runs, and writes nothing to its console", () => {
    expect(whole.type("nova console-log t3").stdout).toBe("\n");
    const { stdout } = whole.type(`nova diagnostics ${whole.server.id}`, "admin");
    expect(stdout).toMatch(/\| memory +\| 65536 /u);
    expect(stdout).toMatch(/\| cpu0_time +\| [1-9]\d* /u);
    expect(whole.type("nova diagnostics t3").stderr).toContain("(HTTP 403)");
    whole.type("nova stop t3");
    whole.rest();
    expect(whole.type(`nova diagnostics ${whole.server.id}`, "admin").stderr).toContain(
      "Cannot 'get_diagnostics' while instance is in power_state 4 (HTTP 409)",
    );
  });
});
