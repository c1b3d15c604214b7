/**
 * What upstream's own tests ask of Horizon 2014.2, case by case: each is named as upstream names it, in
 * openstack_dashboard/dashboards/project/instances/tests.py unless another file is said.
 */
import { describe, expect, it } from "vitest";
import type { Screen, ScreenForm, ScreenTable } from "../../../src/timeline/index.js";
import { DashboardBed } from "./bed.js";

const LAUNCH = { name: "web", flavor: "m1.tiny", image: "cirros", network: "private" };
const VOLUMES = ["horizon", "cinder"];

function signedIn(services: readonly string[] = ["horizon"], more = {}): DashboardBed {
  const bed = new DashboardBed({ services: [...services], ...more });
  bed.signIn();
  return bed;
}

function withServer(services?: readonly string[]): DashboardBed {
  const bed = signedIn(services);
  bed.run("nova boot web --flavor m1.tiny --image cirros");
  bed.cloud.advance("60s");
  bed.calls();
  return bed;
}

const refuse = (
  bed: DashboardBed,
  host: string,
  path: string,
  status: number,
  times = 50,
): void => {
  bed.cloud.inject({ answer: { status, host: `${host}@controller`, path, times } });
};

function screenOf(bed: DashboardBed): Screen {
  const last = bed.cloud.timeline.entries.findLast((entry) => entry.kind === "client");
  if (last?.kind !== "client" || last.screen === undefined) throw new Error("there is no screen");
  return last.screen;
}

const tableOf = (bed: DashboardBed, caption?: string): ScreenTable => {
  const tables = screenOf(bed).parts.filter((part): part is ScreenTable => part.kind === "table");
  const found = tables.find((table) => caption === undefined || table.caption === caption);
  if (found === undefined) throw new Error("there is no table");
  return found;
};

const formOf = (bed: DashboardBed): ScreenForm => {
  const { dialogue, parts } = screenOf(bed);
  const found = (dialogue?.parts ?? parts).find((part): part is ScreenForm => part.kind === "form");
  if (found === undefined) throw new Error("there is no form");
  return found;
};

const buttons = ({ rows }: ScreenTable, row = 0): string[] =>
  (rows[row]?.actions ?? []).map(({ text }) => text);

const errors = (bed: DashboardBed): string[] =>
  screenOf(bed).messages.flatMap(({ level, text }) => (level === "error" ? [text] : []));

/** What is wrong with the form that is shown, its own errors first. */
const wrong = (bed: DashboardBed): string[] => {
  const { errors: own, fields } = formOf(bed);
  return [...own, ...fields.flatMap((field) => field.errors)];
};

describe("the table of instances", () => {
  it("1: is empty with one error where servers cannot be listed [test_index_server_list_exception]", () => {
    const bed = signedIn();
    refuse(bed, "nova-api", "*/servers/detail*", 500);
    bed.do("instances");
    expect(errors(bed)).toEqual(["Unable to retrieve instances."]);
    expect(tableOf(bed).rows).toEqual([]);
  });

  it("2: has its rows where flavors cannot be listed, and one error where none can be had [test_index_flavor_list_exception, test_index_flavor_get_exception]", () => {
    const bed = signedIn();
    for (const name of ["a", "b"]) bed.run(`nova boot ${name} --flavor m1.tiny --image cirros`);
    bed.cloud.advance("60s");
    refuse(bed, "nova-api", "*/flavors/detail", 500);
    bed.do("instances");
    expect([tableOf(bed).rows.length, errors(bed)]).toEqual([2, []]);
    refuse(bed, "nova-api", "*/flavors/*", 500);
    bed.do("instances");
    expect(tableOf(bed).rows.length).toBe(2);
    expect(errors(bed)).toEqual(["Unable to retrieve instance size information."]);
  });

  it("3: asks for one more than a page has, and leaves that out [test_server_list_pagination_more, test/api_tests/nova_tests.py]", () => {
    const bed = signedIn(["horizon"], { flags: { quota_instances: 50, quota_cores: 50 } });
    bed.run("nova boot web --flavor m1.nano --image cirros --num-instances 21");
    bed.cloud.advance("3m");
    bed.calls();
    bed.do("instances");
    expect(bed.calls()[0]).toBe("nova GET /v2/{t}/servers/detail?limit=21&project_id={t}");
    expect(tableOf(bed)).toMatchObject({ footer: "Displaying 20 items" });
  });

  it("4: keeps its place when something is done there [test_terminate_instance_with_pagination]", () => {
    const bed = withServer();
    bed.run("nova boot old --flavor m1.tiny --image cirros");
    bed.cloud.advance("60s");
    const path = `/project/instances/?marker=${bed.cloud.id("server", "old") ?? ""}`;
    bed.open(path);
    expect(tableOf(bed).rows.map(({ cells }) => cells[0])).toEqual(["web"]);
    bed.click("Terminate Instance", { rows: ["web"], path });
    expect(screenOf(bed).url).toBe(`http://controller${path}`);
  });

  it("5: offers to confirm or revert what waits for that [test_index_options_after_migrate]", () => {
    const bed = signedIn(["horizon"], { computes: 2, flags: { vif_plugging_timeout: 0 } });
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.cloud.advance("60s");
    bed.run("nova resize web m1.small");
    bed.cloud.advance("2m");
    bed.do("instances");
    expect(buttons(tableOf(bed)).slice(0, 2)).toEqual([
      "Confirm Resize/Migrate",
      "Revert Resize/Migrate",
    ]);
  });

  it("6: has its button closed by a quota that is used up [test_launch_button_disabled_when_quota_exceeded]", () => {
    const bed = signedIn(["horizon"], { flags: { quota_cores: 0 } });
    bed.do("instances");
    expect(tableOf(bed).actions[0]).toEqual({
      text: "Launch Instance (Quota exceeded)",
      disabled: true,
    });
  });

  it("7: gives a script one row, and tells of one that failed [test_row_update, test_row_update_instance_error]", () => {
    const bed = signedIn();
    bed.run("nova boot web --flavor m1.tiny --image cirros");
    bed.do("instances");
    const before = tableOf(bed).rows[0]?.cells;
    bed.cloud.advance("60s");
    bed.do("look");
    expect([before?.[5], tableOf(bed).rows[0]?.cells[5]]).toEqual(["Build", "Active"]);
    bed.cloud.stop("nova-compute@compute-1");
    bed.cloud.advance("90s");
    bed.do({ "launch instance": { ...LAUNCH, name: "huge" } });
    const id = bed.cloud.id("server", "huge") ?? "";
    bed.open(`/project/instances/?action=row_update&table=instances&obj_id=${id}`);
    bed.do("instances");
    expect(errors(bed).join()).toMatch(
      /^Failed to launch instance "huge": Please try again later \[Error: No valid host was found\./u,
    );
  });

  it("8: is where one is led whose token is refused for a server's page [test_instance_details_unauthorized]", () => {
    const bed = withServer();
    const id = bed.cloud.id("server", "web") ?? "";
    refuse(bed, "nova-api", `*/servers/${id}`, 401, 2);
    refuse(bed, "nova-api", "/v2/*", 401, 2);
    bed.open(`/project/instances/${id}/`);
    expect(screenOf(bed).url).toBe("http://controller/project/instances/");
  });
});

describe("launching an instance", () => {
  const ask = (bed: DashboardBed, more: object) =>
    bed.do({ "launch instance": { ...LAUNCH, ...more } });

  it("9: asks for images by two filters, and has its steps in order [test_launch_instance_get]", () => {
    const bed = signedIn(VOLUMES);
    bed.do("instances");
    bed.calls();
    bed.click("Launch Instance");
    const images = bed.calls().filter((call) => call.includes("/v1/images/detail"));
    expect(
      images.map((call) =>
        call
          .replace(/^[^?]*\?/u, "")
          .split("&")
          .toSorted(),
      ),
    ).toEqual([
      ["is_public=True", "limit=1000", "sort_dir=desc", "sort_key=created_at", "status=active"],
      [
        "limit=1000",
        "property-owner_id={t}",
        "sort_dir=desc",
        "sort_key=created_at",
        "status=active",
      ],
    ]);
    expect([...new Set(formOf(bed).fields.map(({ step }) => step))]).toEqual([
      "Details",
      "Access & Security",
      "Networking",
      "Post-Creation",
      "Advanced Options",
    ]);
  });

  it("10: makes a volume of an image only where Nova can [test_launch_instance_get_no_block_device_mapping_v2_supported]", () => {
    const bed = signedIn(VOLUMES);
    const sources = () =>
      formOf(bed).fields.find(({ label }) => label === "Instance Boot Source")?.choices ?? [];
    bed.do("instances");
    bed.click("Launch Instance");
    expect(sources()).toContain("Boot from image (creates a new volume)");
    bed.do("instances");
    refuse(bed, "nova-api", "*/extensions", 500);
    bed.click("Launch Instance");
    expect(sources()).not.toContain("Boot from image (creates a new volume)");
  });

  it("11: from a volume names the disk and the volume [test_launch_instance_post_boot_from_volume]", () => {
    const bed = signedIn(VOLUMES);
    bed.do({ "create volume": { name: "boot", "size gb": 1, image: "cirros" } });
    bed.cloud.advance("3m");
    bed.calls();
    bed.do({
      "launch instance": { name: "web", flavor: "m1.tiny", volume: "boot", network: "private" },
    });
    const [body] = bed.bodies("POST", /os-volumes_boot$/u);
    const id = bed.cloud.id("volume", "boot");
    expect(body).toMatchObject({
      server: { imageRef: "", block_device_mapping: [{ device_name: "vda", volume_id: id }] },
    });
  });

  it.each([
    [
      { quota_instances: 1 },
      2,
      "The requested 2 instances cannot be launched as you only have 1 of your quota available.",
    ],
    [
      { quota_cores: 1 },
      2,
      "The requested instance cannot be launched. The following requested resource(s) exceed quota(s): Cores(Available: 1, Requested: 2).",
    ],
    [
      { quota_ram: 600 },
      2,
      "The requested instance cannot be launched. The following requested resource(s) exceed quota(s): RAM(Available: 600, Requested: 1024).",
    ],
    [{ quota_ram: 600, quota_cores: 1 }, 2, "Cores(Available: 1, Requested: 2), RAM(Available: "],
  ])(
    "12: over %j is refused by Horizon [test_launch_form_instance_count_error, _cores_, _ram_, _ram_cores_]",
    (flags, count, words) => {
      const bed = signedIn(["horizon"], { flags });
      ask(bed, { count });
      expect(wrong(bed).join("\n")).toContain(words);
      expect(bed.run("nova list").stdout).not.toContain("web");
    },
  );

  it("13: of an image that wants more than the flavor has is refused by Horizon [test_launch_form_instance_requirement_error_disk, _ram]", () => {
    for (const needs of [{ min_disk_gb: 5 }, { min_ram_mb: 1024 }]) {
      const bed = signedIn(["horizon"], { images: [{ name: "cirros", ...needs }] });
      ask(bed, {});
      expect(wrong(bed).join("\n")).toContain(
        "The flavor 'm1.tiny' is too small for requested image.",
      );
    }
  });

  it("14: of a new volume wants a whole number that is large enough [test_launch_form_instance_volume_size_error, _non_int_]", () => {
    const bed = signedIn(VOLUMES, { images: [{ name: "cirros", size_mb: 3000 }] });
    const source_type = "Boot from image (creates a new volume)";
    bed.launch({ source_type, network: "private", volume_size: "1.5" });
    expect(wrong(bed)).toContain("Enter a whole number.");
    bed.launch({ source_type, network: "private", volume_size: 1 });
    expect(wrong(bed)).toEqual([
      "The Volume size is too small for the 'cirros' image and has to be greater than or equal to '3' GB.",
    ]);
  });

  it("15: that Nova refuses leads back to the list with messages [test_launch_form_keystone_exception]", () => {
    const bed = signedIn(VOLUMES);
    bed.do("instances");
    refuse(bed, "nova-api", "/v2/*/servers", 503, 1);
    ask(bed, {});
    expect(screenOf(bed).url).toBe("http://controller/project/instances/");
    expect(errors(bed)).toContain('Unable to launch instance named "web".');
  });
});

describe("volumes and networks", () => {
  it("16: a volume over the quota is refused by Horizon [test_create_volume_gb_used_over_alloted_quota, volumes/volumes/tests.py]", () => {
    const bed = signedIn(VOLUMES, { flags: { "cinder-api": { quota_gigabytes: 20 } } });
    bed.do({ "create volume": { name: "data", "size gb": 5000 } });
    expect(wrong(bed)).toEqual([
      "A volume of 5000GB cannot be created as you only have 20GB of your quota available.",
    ]);
  });

  it("17: a volume with snapshots is not deleted, in words of Horizon's [test_delete_volume_error_existing_snapshot, volumes/volumes/tests.py]", () => {
    const bed = signedIn(VOLUMES);
    bed.run("cinder create 1 --display-name data");
    bed.cloud.advance("30s");
    bed.run("cinder snapshot-create data --display-name monday");
    bed.cloud.advance("30s");
    bed.do({ "delete volume": "data" });
    expect(errors(bed)).toEqual([
      'Unable to delete volume "data". One or more snapshots depend on it.',
    ]);
  });

  it("18: a rule of ICMP needs its type [test_detail_invalid_icmp_rule, access_and_security/security_groups/tests.py]", () => {
    const bed = signedIn();
    bed.do({ "add rule": { group: "default", rule: "Custom ICMP Rule" } });
    expect(wrong(bed)).toContain("The ICMP type is invalid.");
  });

  it("19: a network whose subnet is refused goes again [test_network_create_post_with_subnet_subnet_exception, networks/tests.py]", () => {
    const bed = signedIn();
    bed.do("networks");
    bed.cloud.inject({
      answer: {
        status: 500,
        host: "neutron-server@controller",
        path: "/v2.0/subnets.json",
        method: "POST",
        times: 1,
      },
    });
    bed.do({
      "create network": { name: "own", "network address": "10.0.0.0/24", "subnet name": "s" },
    });
    expect(
      screenOf(bed)
        .messages.map(({ text }) => text)
        .join("\n"),
    ).toContain('Delete the created network "own" due to subnet creation failure.');
    expect(bed.run("neutron net-list").stdout).not.toContain("own");
  });

  it("20: a router for which there is no room is over quota [test_router_create_post_exception_error_case_409, routers/tests.py]", () => {
    const bed = signedIn(["horizon", "neutron-l3-agent"]);
    bed.do("routers");
    bed.cloud.inject({
      answer: {
        status: 409,
        host: "neutron-server@controller",
        path: "/v2.0/routers.json",
        method: "POST",
        times: 1,
      },
    });
    bed.do({ "create router": { name: "r1" } });
    expect(errors(bed)).toEqual(["Quota exceeded for resource router."]);
  });
});

describe("object store and orchestration", () => {
  it("21: a container that is not empty is not deleted, and Swift is not asked to [test_delete_container_nonempty, containers/tests.py]", () => {
    const bed = signedIn(["horizon", "swift"]);
    bed.do({ "create container": { name: "c" } });
    bed.do({ "upload object": { container: "c", name: "o", text: "x" } });
    bed.do({ "delete container": "c" });
    expect(errors(bed)).toEqual(["The container cannot be deleted since it's not empty."]);
    expect(bed.calls().filter((call) => call.includes(" DELETE "))).toEqual([]);
  });

  it("22: stacks are gone through forward and back by markers [test_index_paginated, test_index_prev_paginated, stacks/tests.py]", () => {
    const bed = signedIn(["horizon", "heat"]);
    bed.do("stacks");
    bed.calls();
    bed.open("/project/stacks/?stack_marker=11111111-0000-4000-8000-000000000000");
    bed.open("/project/stacks/?prev_stack_marker=11111111-0000-4000-8000-000000000000");
    const lists = bed.calls().filter((call) => call.includes("/stacks?"));
    expect(lists.map((call) => /sort_dir=(\w+)/u.exec(call)?.[1])).toEqual(["desc", "asc"]);
    expect(lists.every((call) => call.includes("marker=") && call.includes("limit=21"))).toBe(true);
  });
});

describe("overviews, flavors and hypervisors", () => {
  it("23: the overview goes on where Nova refuses the token [test_unauthorized, overview/tests.py]", () => {
    const bed = signedIn();
    refuse(bed, "nova-api", "*/v2/*", 401);
    bed.do("overview");
    expect(screenOf(bed).title).toBe("Instance Overview");
    expect(errors(bed)[0]).toMatch(/^Unauthorized: /u);
  });

  it("23: the overview shows what has been used, server by server [test_usage, overview/tests.py]", () => {
    const bed = withServer();
    bed.do("overview");
    expect(bed.calls().map(decodeURIComponent)).toContain(
      "nova GET /v2/{t}/os-simple-tenant-usage/{t}?start=2014-09-01T00:00:00&end=2014-09-18T23:59:59",
    );
    expect(errors(bed)).toEqual([]);
    expect(tableOf(bed, "Usage").rows.map(({ cells }) => cells.slice(0, 4))).toEqual([
      ["web", "1", "1GB", "512MB"],
    ]);
    bed.signIn("admin");
    bed.do("admin overview", "admin");
    expect(tableOf(bed, "Usage").rows.map(({ cells }) => cells.slice(0, 4))).toEqual([
      ["demo", "1", "1GB", "512MB"],
    ]);
  });

  it("24: a row of an administrator's shows project and host [test_ajax_loading_instances, admin/instances/tests.py]", () => {
    const bed = withServer();
    bed.signIn("admin");
    bed.do("admin instances", "admin");
    const { columns, rows } = tableOf(bed);
    const cell = (name: string) => rows[0]?.cells[columns.indexOf(name)];
    expect([cell("Project"), cell("Host"), cell("Name"), cell("Size")]).toEqual([
      "demo",
      "compute-1",
      "web",
      "m1.tiny",
    ]);
  });

  it("24: Evacuate Host is offered only of a host that is down [test_index, admin/hypervisors/tests.py]", () => {
    const bed = signedIn();
    bed.signIn("admin");
    const offered = () => {
      bed.do("hypervisors", "admin");
      bed.act({ kind: "tab", path: "/admin/hypervisors/", tab: "Compute Host" }, "admin");
      return tableOf(bed, "Compute Host").rows.map(({ actions }) =>
        actions.map(({ text }) => text),
      );
    };
    expect(offered()).toEqual([[]]);
    bed.cloud.stop("nova-compute@compute-1");
    bed.cloud.advance("90s");
    expect(offered()).toEqual([["Evacuate Host"]]);
  });

  it("26: quotas are counted from lists, and without an end where Nova says -1 [test/tests/quotas.py]", () => {
    const bed = signedIn(["horizon"], { flags: { quota_instances: -1, quota_cores: -1 } });
    bed.do("overview");
    const limits = screenOf(bed).parts.find((part) => part.kind === "list");
    const values = limits?.kind === "list" ? limits.items.map(({ value }) => value) : [];
    expect(values.slice(0, 2)).toEqual(["Used 0 of No Limit", "Used 0 of No Limit"]);
    bed.do({ "launch instance": { ...LAUNCH, count: 3 } });
    expect(errors(bed).filter((text) => text.includes("quota"))).toEqual([]);
  });
});

describe("sessions and logins", () => {
  it("27: half an hour of nothing leads to the login and on to the same page [test_session_timeout, horizon/test/tests/middleware.py]", () => {
    const bed = signedIn();
    bed.do("networks");
    bed.cloud.advance("31m");
    bed.do("networks");
    expect(screenOf(bed)).toMatchObject({
      title: "Login",
      url: "http://controller/auth/login/?next=/project/networks/",
    });
    expect(formOf(bed).errors).toContain("Session timed out.");
  });

  it("28: a project that cannot be had is passed over, and without any nobody gets in [test_login_with_disabled_tenants, test_no_tenants, openstack_auth/tests]", () => {
    const bed = new DashboardBed();
    const admin = bed.cloud.user("admin");
    admin.command("keystone user-create --name lone --pass secret");
    const result = bed.do({ "sign in": { user: "lone", password: "secret" } });
    expect(result.exit).toBe(1);
    expect(formOf(bed).errors).toEqual(["You are not authorized for any projects."]);
    const demo = new DashboardBed();
    demo.cloud.inject({
      answer: { status: 401, host: "keystone@controller", path: "/v2.0/tokens", times: 1 },
    });
    expect(demo.do("sign in").exit).toBe(1);
    expect(demo.do("sign in").exit).toBe(0);
  });

  it("29: the projects of the header are asked for once a token [test_tenant_list_caching, openstack_auth/tests]", () => {
    const bed = signedIn();
    bed.do("instances");
    bed.do("networks");
    expect(bed.calls().filter((call) => call.startsWith("keystone "))).toEqual([]);
  });
});
