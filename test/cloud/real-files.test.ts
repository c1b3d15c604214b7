/**
 * Configuration files of real clouds: all that Juno has may stand in them, what is modelled counts, the
 * rest is ignored and counted, and what looks like a slip is pointed out.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { flagProblems } from "../../src/cloud/flags/check.js";
import { CloudFlags } from "../../src/cloud/flags/cloud-flags.js";
import {
  formerNamesInJuno,
  isOptionOfJuno,
  projectsOfJuno,
} from "../../src/cloud/flags/juno-names.js";
import { readFlagSources } from "../../src/cloud/flags/sources.js";
import { unreadOptions } from "../../src/cloud/flags/unread.js";
import { namesOf } from "../../src/framework/flags/index.js";
import { authTokenFlags } from "../../src/framework/index.js";
import { novaAuthFlags } from "../../src/services/nova/api/flags.js";
import { computeFlags } from "../../src/services/nova/compute/flags.js";
import { glanceFlags } from "../../src/services/nova/image/flags.js";
import { neutronFlags } from "../../src/services/nova/network-api/neutronv2/flags.js";
import { schedulerFlags } from "../../src/services/nova/scheduler/flags.js";

const catalogue = flagCatalogue();

type Files = Readonly<Record<string, string>>;
const nova = (...lines: readonly string[]): Files => ({
  "nova.conf": ["[DEFAULT]", ...lines, ""].join("\n"),
});
const flagsOf = (files: Files) => new CloudFlags({}, catalogue, files);
const slips = (files: Files): string[] =>
  flagProblems(readFlagSources({}, files, catalogue), catalogue).map(
    ({ severity = "error", message, hint, origin }) =>
      `${severity} ${String(origin?.line)} ${message} | ${hint ?? ""}`,
  );
const unread = (files: Files): string[] =>
  unreadOptions(readFlagSources({}, files, catalogue), catalogue).map(
    ({ file, name, origin }) => `${file}:${String(origin.line)} ${name}`,
  );

describe("the names of Juno's options", () => {
  it("are by project and section, with those of libraries (oslo.messaging 1.4.1, oslo.db 1.0.2)", () => {
    expect(isOptionOfJuno("nova", "libvirt.virt_type")).toBe(true);
    expect(isOptionOfJuno("nova", "virt_type")).toBe(false);
    expect(isOptionOfJuno("nova", "rabbit_host")).toBe(true);
    expect(isOptionOfJuno("glance", "database.connection")).toBe(true);
    expect(isOptionOfJuno("neutron", "ml2.mechanism_drivers")).toBe(true);
    expect(isOptionOfJuno("keystone", "ldap.user_tree_dn")).toBe(true);
    expect(isOptionOfJuno("nova", "__proto__")).toBe(false);
    expect(isOptionOfJuno("constructor", "name")).toBe(false);
    expect(projectsOfJuno("core_plugin")).toEqual(["neutron"]);
  });

  // nova_admin_tenant_name came with Kilo.
  const OWN = [
    "nova_admin_tenant_name",
    "allow_rescope_scoped_token",
    "default_notification_level",
    // Registered by glance_store/_drivers/swift/utils.py, which the list of drivers leaves out.
    "glance_store.swift_store_auth_address",
    "glance_store.swift_store_user",
    "glance_store.swift_store_key",
    // Read by swift/obj/expirer.py; the samples have it for container-reconciler only.
    "request_tries",
    // For clients of later releases, which know no older version of the API; off by default.
    "enable_v3_api",
    "enable_stack_events",
    // Of the examples: no service of Juno.
    "exampleservice_manager",
    "exampleservice_keep",
  ];

  it("hold every option that services here read, and their former names are read too", () => {
    const wrong: string[] = [];
    for (const [binary, sets] of catalogue) {
      const [project = ""] = binary.split("-");
      for (const [key, flag] of sets.flatMap((set) => Object.entries(set))) {
        const names = namesOf(key, flag);
        const [name = ""] = names;
        // Those of every service are Nova's; what is of other projects' processes does not read them.
        if (!isOptionOfJuno(project, name) && !isOptionOfJuno("nova", name) && !OWN.includes(name))
          wrong.push(`${binary} ${name}`);
        for (const former of formerNamesInJuno(project, name))
          if (!names.includes(former)) wrong.push(`${binary} ${name}, formerly ${former}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("a line that no service here reads", () => {
  it("is ignored, and listed by file and line", () => {
    const files = nova(
      "vnc_enabled = True",
      "ram_allocation_ratio = 2",
      "[libvirt]",
      "virt_type=kvm",
    );
    expect(slips(files)).toEqual([]);
    expect(unread(files)).toEqual(["nova.conf:5 libvirt.virt_type"]);
    expect(flagsOf(files).for("nova-scheduler").read(schedulerFlags).ram_allocation_ratio).toBe(2);
  });

  it("may be in any section, by whatever name", () => {
    const files = nova("x = 1", "[a.b c]", "__proto__ = 2", "[<script>]", "y: 3", "[]x]", "z =");
    expect(slips(files)).toEqual([]);
    expect(unread(files)).toHaveLength(4);
  });

  it("is pointed out if it is nearly one that is read, and not if it is one of Juno's", () => {
    const lines = ["scheduler_defalt_filters = RamFilter", "osapi_compute_extension = x"];
    expect(slips(nova(...lines))).toEqual([
      "warning 2 no service reads scheduler_defalt_filters of [DEFAULT] in nova.conf, so it is ignored | Did you mean scheduler_default_filters of [DEFAULT]?",
    ]);
    // `scheduler_driver_task_period` and `quota_driver` are near others that are read.
    expect(slips(nova("quota_driver = x", "rpc_conn_pool_size = 3"))).toEqual([]);
  });

  it.each([
    [["api_servers = x"], "Did you mean api_servers of [glance]?"],
    [["[glnce]", "num_retries = 2"], "Did you mean num_retries of [glance]?"],
    [["[Neutron]", "urll = x"], "Did you mean url of [neutron]?"],
    [["[keystone_authtokn]", "admin_user = x"], "Did you mean admin_user of [keystone_authtoken]?"],
    [["agent_down_time = 5"], "It is read by neutron-server."],
  ])("is pointed out in a wrong section or file: %j", (lines, hint) => {
    expect(slips(nova(...lines)).map((one) => one.split(" | ")[1])).toEqual([hint]);
  });

  it("does not count by a name that only code here has", () => {
    const files = nova("admin_user = x");
    expect(flagsOf(files).for("nova-api").read(novaAuthFlags).admin_user).toBe("nova");
    expect(unread(files)).toEqual(["nova.conf:2 admin_user"]);
  });

  it("may be a whole file of a service that is not here; one that is nearly ours is refused", () => {
    expect(slips({ "metering_agent.ini": "[DEFAULT]\n" })[0]).toMatch(
      /^warning undefined no service reads a file "metering_agent.ini"/u,
    );
    expect(slips({ "nvoa.conf": "" })).toEqual([
      'error undefined no service reads a file "nvoa.conf" | Did you mean "nova.conf"?',
    ]);
  });

  it("in a flag file of 2011 is ignored as well", () => {
    const files = { "nova.conf": "--vnc_enabled=true\n--nosuch\n--ram_allocation_ratio=2\n" };
    expect(slips(files)).toEqual([]);
    expect(unread(files)).toEqual(["nova.conf:2 nosuch"]);
    expect(flagsOf(files).for("nova-scheduler").read(schedulerFlags).ram_allocation_ratio).toBe(2);
  });
});

describe("a line that counts", () => {
  it("is the last of several, and all of them for an option of many values", () => {
    const files = nova("ram_allocation_ratio = 2", "ram_allocation_ratio = 3");
    expect(flagsOf(files).for("nova-scheduler").read(schedulerFlags).ram_allocation_ratio).toBe(3);
  });

  it("may have the name of before Juno (nova/network/neutronv2/api.py, nova/image/glance.py)", () => {
    const files = nova("neutron_url = http://n:9696", "glance_host = g", "glance_num_retries = 4");
    const api = flagsOf(files).for("nova-api");
    expect(api.read(neutronFlags).neutron_url).toBe("http://n:9696");
    expect(api.read(glanceFlags)).toMatchObject({ glance_host: "g", glance_num_retries: 4 });
  });

  it("may go on in the lines below it, with what it names put in", () => {
    const files = nova(
      "my_ip = 10.0.0.31",
      "state_path = /var/lib/$my_ip",
      "scheduler_default_filters = RetryFilter,",
      "  RamFilter",
      "[glance]",
      "api_servers = $my_ip:9292,${state_path}",
    );
    const flags = flagsOf(files);
    expect(flags.for("nova-scheduler").read(schedulerFlags).scheduler_default_filters).toEqual([
      "RetryFilter",
      "RamFilter",
    ]);
    expect(flags.for("nova-compute").read(glanceFlags).glance_api_servers).toEqual([
      "10.0.0.31:9292",
      "/var/lib/10.0.0.31",
    ]);
  });

  it("has %(names)s as they are: oslo.config puts in what follows a dollar, and nothing else", () => {
    const files = nova("multi_instance_display_name_template = %(name)s-$$");
    expect(slips(files)).toEqual([]);
  });

  it("is refused with its place if its value cannot be", () => {
    expect(slips(nova("ram_allocation_ratio = %(x)s", "shelved_offload_time = soon"))).toEqual([
      'error 2 flag ram_allocation_ratio takes a number, not "%(x)s" (nova.conf:2:1) | ',
      'error 3 flag shelved_offload_time takes a whole number from -1 to 2147483647, not "soon" (nova.conf:3:1) | ',
    ]);
  });

  it("that names itself in a circle is refused, read here or not", () => {
    expect(slips(nova("my_ip = $a", "a = $b", "b = $a"))[0]).toMatch(/refers to/u);
    expect(() => flagsOf(nova("my_ip = $a", "a = $my_ip"))).toThrow(/refers to itself/u);
  });
});

describe("what a file says of the cloud around it", () => {
  const boots = (files: Files): string | undefined => {
    const cloud = new Cloud({ flag_files: files });
    const demo = cloud.user("demo");
    const network = ["private"];
    cloud.run(demo.nova.boot({ name: "t", flavor: "m1.nano", image: "cirros", networks: network }));
    cloud.settle();
    return cloud.server("t")?.status;
  };

  it("is so: passwords, tenants, users and addresses of its controller", () => {
    const files = {
      "nova.conf": [
        "[DEFAULT]",
        "my_ip = 192.0.2.7",
        "rabbit_hosts = 192.0.2.8:5672, 192.0.2.9:5672",
        "[keystone_authtoken]",
        "identity_uri = http://192.0.2.8:35357",
        "admin_user = compute",
        "admin_tenant_name = services",
        "admin_password = one",
        "[glance]",
        "api_servers = 192.0.2.9:9292",
        "[neutron]",
        "url = http://192.0.2.7:9696",
        "admin_password = two",
        "admin_tenant_name = services",
        "",
      ].join("\n"),
      "neutron.conf": [
        "[DEFAULT]",
        "nova_admin_username = compute",
        "nova_admin_password = one",
        "nova_admin_tenant_id = 0123456789abcdef0123456789abcdef",
        "",
      ].join("\n"),
    };
    expect(boots(files)).toBe("ACTIVE");
  });

  it("does not make an address true that names nobody", () => {
    const files = nova("[glance]", "api_servers = 198.51.100.1:9292");
    // nova-api asks Glance for the image before it answers.
    expect(() => boots(files)).toThrow("HTTP 500");
  });

  it("gives a password to who has none, and leaves one in `flags` as wrong as it is", () => {
    const files = { "neutron.conf": "[keystone_authtoken]\nadmin_password = two\n" };
    const flags = new CloudFlags({}, catalogue, files);
    expect(flags.for("nova-api").read(neutronFlags).neutron_admin_password).toBe("two");
    const wrong = new CloudFlags({ neutron_admin_password: "no" }, catalogue, files);
    expect(wrong.for("nova-api").read(neutronFlags).neutron_admin_password).toBe("no");
    expect(wrong.accounts).toEqual([{ name: "neutron", project: "service", password: "two" }]);
  });

  it("may be where Keystone is in four parts, as before identity_uri", () => {
    expect(authTokenFlags("x", false).identity_uri.default).toBeNull();
    const lines = ["[keystone_authtoken]", "auth_host = controller", "auth_port = 35357"];
    const cloud = new Cloud({ flag_files: nova(...lines, "auth_protocol = http") });
    expect(cloud.user("demo").command("nova list").exit).toBe(0);
    const wrong = new Cloud({ flag_files: nova("[keystone_authtoken]", "auth_host = nowhere") });
    expect(wrong.user("demo").command("nova list").exit).toBe(1);
  });

  it("of nova-compute's own host is told to the database", () => {
    const read = flagsOf(nova("my_ip = 10.0.0.31")).for("nova-compute").read(computeFlags);
    expect(read.my_ip).toBe("10.0.0.31");
  });
});
