/**
 * `nova pause`, `unpause`, `suspend`, `resume` and `reboot`, whole: every message, notification and
 * stored state with the row of the specification that asks for it; nova §3.2. Upstream: nova/compute/api.py,
 * nova/compute/manager.py, nova/virt/libvirt/driver.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../src/kernel/index.js";
import { WholeCloud } from "./bed.js";
import { texts } from "./rows.js";

const NETWORK = `
  NOV-402  nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?tenant_id={tenant}&device_id={server} 200
  NOV-402  nova-compute@compute-1 -> neutron-server GET /v2.0/networks.json?id={network} 200
  NOV-402  nova-compute@compute-1 -> neutron-server GET /v2.0/floatingips.json?fixed_ip_address=192.168.1.3&port_id={port} 200
  NOV-402  nova-compute@compute-1 -> neutron-server GET /v2.0/subnets.json?id={id} 200
  NOV-402  nova-compute@compute-1 -> neutron-server GET /v2.0/ports.json?network_id={network}&device_owner=network%3Adhcp 200
  NOV-402  nova-compute@compute-1 -> nova-conductor call InstanceInfoCache.save network_info
`;

// What libvirt tells of a guest is one look at its server, and another (nova/compute/manager.py:1074-1109, 5764-5767 at 2014.2).
/** _get_guest_config at 3764 of nova/virt/libvirt/driver.py at 2014.2. */
const FLAVOR = "NOV-229  nova-compute@compute-1 -> nova-conductor call Flavor.get_by_id";

const FLOWS = {
  pause: `
    3.1      nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
    3.1      stored active/pausing
    3.1      nova-api -> nova-compute@compute-1 cast pause_instance
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_pause_instance
    NOV-223  notification compute.instance.pause.start
    NOV-223  nova-compute@compute-1 -> nova-conductor call Instance.save power_state=3 task_state=null vm_state=paused if [pausing]
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
    3.2      stored paused/-
    NOV-223  notification compute.instance.pause.end
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_pause_instance
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  `,
  unpause: `
    3.1      nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
    3.1      stored paused/unpausing
    3.1      nova-api -> nova-compute@compute-1 cast unpause_instance
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_unpause_instance
    NOV-223  notification compute.instance.unpause.start
    NOV-223  nova-compute@compute-1 -> nova-conductor call Instance.save power_state=1 task_state=null vm_state=active if [unpausing]
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
    3.2      stored active/-
    NOV-223  notification compute.instance.unpause.end
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_unpause_instance
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  `,
  suspend: `
    3.1      nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
    3.1      stored active/suspending
    3.1      nova-api -> nova-compute@compute-1 cast suspend_instance
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_suspend_instance
    NOV-224  nova-compute@compute-1 -> nova-conductor call Instance.save power_state=4 system_metadata task_state=null vm_state=suspended if [suspending]
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
    3.2      stored suspended/-
    NOV-224  notification compute.instance.suspend
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_suspend_instance
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  `,
  resume: `
    3.1      nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
    3.1      stored suspended/resuming
    3.1      nova-api -> nova-compute@compute-1 cast resume_instance
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_resume_instance
    ${NETWORK}
    NOV-225  nova-compute@compute-1 -> nova-conductor call BlockDeviceMappingList.get_by_instance_uuid
    NOV-225  nova-compute@compute-1 -> nova-conductor call Instance.save power_state=1 system_metadata task_state=null vm_state=active if [resuming]
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
    3.2      stored active/-
    NOV-225  notification compute.instance.resume
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_resume_instance
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  `,
  reboot: reboot(""),
  "reboot --hard": reboot("_hard"),
};

function reboot(hard: "" | "_hard"): string {
  return `
    3.1      nova-client -> nova-api POST /v2/{tenant}/servers/{server}/action 202
    NOV-227  stored active/rebooting${hard}
    NOV-227  nova-api -> nova-compute@compute-1 cast reboot_instance
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_start compute_reboot_instance
    NOV-228  nova-compute@compute-1 -> nova-conductor call BlockDeviceMappingList.get_by_instance_uuid
    ${NETWORK}
    NOV-228  notification compute.instance.reboot.start
    NOV-228  nova-compute@compute-1 -> nova-conductor call Instance.save task_state=reboot_pending${hard} if [rebooting${hard}, reboot_pending${hard}, reboot_started${hard}]
    3.2      stored active/reboot_pending${hard}
    NOV-229  nova-compute@compute-1 -> nova-conductor call Instance.save task_state=reboot_started${hard} if [reboot_pending${hard}]
    3.2      stored active/reboot_started${hard}
    ${hard === "_hard" ? FLAVOR : ""}
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
    NOV-230  nova-compute@compute-1 -> nova-conductor call Instance.save task_state=null
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.get_by_uuid
    3.2      stored active/-
    NOV-230  notification compute.instance.reboot.end
    0.3      nova-compute@compute-1 -> nova-conductor call InstanceActionEvent.event_finish_with_failure compute_reboot_instance
    3.7      nova-compute@compute-1 -> nova-conductor call Instance.refresh
  `;
}

describe("a server that is paused, suspended and rebooted", () => {
  const whole = new WholeCloud();
  whole.boot();
  const act = (line: string): void => {
    whole.mark();
    whole.type(`nova ${line} t3`);
    whole.rest();
  };
  const said = (line: string): string => whole.type(`nova ${line} t3`).stderr;
  const conflict = (action: string, state: string): string =>
    `ERROR (Conflict): Cannot '${action}' while instance is in vm_state ${state} (HTTP 409)`;

  it.each(Object.entries(FLOWS))("%s is exactly the rows of nova §3.1 and §3.2", (line, rows) => {
    act(line);
    expect(whole.flow(/\/action /).map(({ text }) => text)).toEqual(texts(rows));
  });

  it("has its power state on its row: 3 while paused, 4 while suspended (NOV-226)", () => {
    act("pause");
    expect(whole.rows("instances").get(whole.server.id)?.["power_state"]).toBe(3);
    expect(said("pause")).toContain(conflict("pause", "paused"));
    expect(said("suspend")).toContain(conflict("suspend", "paused"));
    expect(said("reboot")).toContain(conflict("reboot", "paused"));
    act("unpause");
    act("suspend");
    expect(whole.rows("instances").get(whole.server.id)?.["power_state"]).toBe(4);
    expect(said("resume --help")).toBe("");
  });

  it("is not stopped by the power sync while it is suspended (nova §3.7)", () => {
    whole.mark();
    whole.pass(1300);
    expect(whole.states()).toEqual([]);
    expect(whole.state).toBe("suspended/-");
    act("resume");
    expect(whole.state).toBe("active/-");
  });

  it.each([
    ["{}", {}, "Missing argument 'type' for reboot"],
    ["null", { type: null }, "Argument 'type' for reboot must be a string"],
    ["a word", { type: "warm" }, "Argument 'type' for reboot is not HARD or SOFT"],
  ])("NOV-366: a reboot of type %s is a 400", (_, type, message) => {
    const { status, body } = whole.http("demo", "POST", action(whole), { reboot: type });
    expect([status, body]).toEqual([400, { badRequest: { code: 400, message } }]);
  });

  it("NOV-367: a hard reboot may follow a soft one, and nothing else follows either", () => {
    whole.cloud.inject({ driver: "soft_reboot", host: "compute-1", times: 1, by: seconds(60) });
    whole.begin("nova reboot t3");
    whole.until("active/reboot_started");
    const busy = (task: string): string =>
      `Cannot 'reboot' while instance is in task_state ${task} (HTTP 409)`;
    expect(said("reboot")).toContain(busy("reboot_started"));
    expect(said("reboot --hard")).toBe("");
    whole.until("active/reboot_started_hard");
    whole.rest();
    expect(whole.state).toBe("active/-");
    // The soft one finds that another has started the guest (nova/virt/libvirt/driver.py:2314).
    expect(JSON.stringify(whole.recent)).toContain("may have been rebooted during soft reboot");
  });

  it("NOV-232: a guest that does not answer its power button is switched off after 120 s", () => {
    whole.cloud.inject({ driver: "soft_reboot", host: "compute-1", times: 1, by: seconds(600) });
    whole.mark();
    const { stdout } = whole.type("nova reboot --poll t3");
    expect(stdout).toBe(`\n${"\rServer rebooting...".repeat(26)}\nFinished\n`);
    expect(whole.states().at(-1)).toBe("active/-");
    expect(whole.notifications()).toEqual([
      "compute.instance.reboot.start",
      "compute.instance.reboot.end",
    ]);
  });

  it("NOV-229: a reboot that fails while the guest runs leaves a fault, and counts as done", () => {
    whole.cloud.inject({ driver: "reboot", host: "compute-1", times: 1, error: "no reset" });
    act("reboot --hard");
    expect(whole.notifications()).toEqual([
      "compute.instance.reboot.start",
      "compute.instance.reboot.error",
      "compute.instance.reboot.end",
    ]);
    expect([whole.state, whole.faults().at(-1), whole.events().at(-1)]).toEqual([
      "active/-",
      "500 no reset",
      "compute_reboot_instance Success",
    ]);
  });

  it("NOV-229: one that fails with the guest off is an error, out of which a hard one leads", () => {
    whole.cloud.inject({ driver: "power_on", host: "compute-1", times: 1, error: "no kvm" });
    whole.mark();
    const { stdout, stderr, exit } = whole.type("nova reboot --hard --poll t3");
    expect([stdout.endsWith("\nError rebooting server\n"), exit]).toEqual([true, 1]);
    expect(stderr).toContain("ERROR (InstanceInErrorState): no kvm");
    whole.rest();
    expect(whole.notifications()).toEqual(["compute.instance.reboot.start", "reboot_instance"]);
    expect([whole.state, whole.events().at(-1)]).toEqual([
      "error/-",
      "compute_reboot_instance Error",
    ]);
    act("reboot --hard");
    expect(whole.state).toBe("active/-");
  });

  it("NOV-223, NOV-224: a driver that cannot pause leaves the server active, one that cannot suspend in error", () => {
    whole.cloud.inject({ driver: "pause", host: "compute-1", times: 1, error: "no" });
    act("pause");
    expect([whole.state, whole.notifications()]).toEqual([
      "active/-",
      ["compute.instance.pause.start", "pause_instance"],
    ]);
    whole.cloud.inject({ driver: "suspend", host: "compute-1", times: 1, error: "no" });
    act("suspend");
    expect([whole.state, whole.notifications()]).toEqual(["error/-", ["suspend_instance"]]);
  });
});

const action = (whole: WholeCloud): string => `8774/v2/{tenant}/servers/${whole.server.id}/action`;

describe("a guest of the fake driver", () => {
  it("NOV-226: runs on whatever is done to it, and its server is what it was told to be", () => {
    const whole = new WholeCloud({ flags: { compute_driver: "fake.FakeDriver" } });
    whole.boot();
    for (const line of ["pause", "unpause", "suspend", "resume", "reboot", "reboot --hard"]) {
      whole.type(`nova ${line} t3`);
      whole.rest();
    }
    expect(whole.states()).toEqual([
      "active/pausing",
      "paused/-",
      "paused/unpausing",
      "active/-",
      "active/suspending",
      "suspended/-",
      "suspended/resuming",
      "active/-",
      ...["", "_hard"].flatMap((hard) => [
        `active/rebooting${hard}`,
        `active/reboot_pending${hard}`,
        `active/reboot_started${hard}`,
        "active/-",
      ]),
    ]);
    expect(whole.rows("instances").get(whole.server.id)?.["power_state"]).toBe(1);
  });
});
