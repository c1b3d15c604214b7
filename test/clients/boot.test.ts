/** `nova boot`: what each option puts into the request, and what is refused before there is one. */
import { describe, expect, it } from "vitest";
import { minutes, seconds } from "../../src/kernel/index.js";
import { Bed } from "./bed.js";

const PLAIN = "nova boot t3 --flavor 42 --image cirros";

/** No test here needs a server of before, and none sees what another has booted. */
const bed = new Bed({ servers: [] });
const NETWORK = bed.network;

/** The body of the create request, whatever nova-api makes of it. */
function posted(options: string): unknown {
  bed.mark();
  bed.run(`${PLAIN} ${options}`);
  const [last] = bed.requests.filter((line) => line.startsWith("POST")).slice(-1);
  expect(last).toMatch(/^POST \/(servers|os-volumes_boot)$/);
  return bed.bodies.at(-1);
}

const request = (more: object, beside: object = {}): object => ({
  server: {
    name: "t3",
    imageRef: bed.image,
    flavorRef: "42",
    min_count: 1,
    max_count: 1,
    ...more,
  },
  ...beside,
});

describe("nova boot", () => {
  it("finds an image by its human id: a list, then the image", () => {
    bed.mark();
    bed.run(PLAIN);
    expect(bed.requests.slice(1, 5)).toEqual([
      "GET /images",
      `GET /images/${bed.image}`,
      "GET /flavors/42",
      "POST /servers",
    ]);
  });

  it.each([
    ["", {}],
    ["--num-instances 3", { max_count: 3 }],
    ["--min-count 2", { min_count: 2, max_count: 2 }],
    ["--min-count 2 --max-count 5", { min_count: 2, max_count: 5 }],
    ["--max-count 5", { max_count: 5 }],
    ["--meta a=1 --meta b=x=y", { metadata: { a: "1", b: "x=y" } }],
    ["--key-name mine", { key_name: "mine" }],
    ["--key_name mine", { key_name: "mine" }],
    ["--availability-zone nova:compute-1", { availability_zone: "nova:compute-1" }],
    ["--security-groups a,b", { security_groups: [{ name: "a" }, { name: "b" }] }],
    ["--config-drive true", { config_drive: true }],
    ["--config-drive vol-1", { config_drive: "vol-1" }],
    ["--config-drive false", {}],
    [
      `--nic net-id=${NETWORK},v4-fixed-ip=10.0.0.5 --nic port-id=p1`,
      { networks: [{ uuid: NETWORK, fixed_ip: "10.0.0.5" }, { port: "p1" }] },
    ],
  ])("with %j asks for %j", (options, expected) => {
    expect(posted(options)).toEqual(request(expected));
  });

  it("puts scheduler hints beside the server, a repeated one as a list", () => {
    expect(posted("--hint group=g --hint same_host=a --hint same_host=b")).toEqual(
      request({}, { "os:scheduler_hints": { group: "g", same_host: ["a", "b"] } }),
    );
  });

  it("sends block devices to the volume extension, the image among them", () => {
    bed.mark();
    bed.run(
      `${PLAIN} --swap 512 --ephemeral size=1,format=ext3 --block-device id=v1,source=volume,dest=volume,shutdown=remove`,
    );
    expect(bed.requests).toContain("POST /os-volumes_boot");
    const blank = {
      source_type: "blank",
      destination_type: "local",
      boot_index: -1,
      delete_on_termination: true,
    };
    expect(bed.bodies.at(-1)).toEqual(
      request({
        block_device_mapping_v2: [
          {
            uuid: bed.image,
            source_type: "image",
            destination_type: "local",
            boot_index: 0,
            delete_on_termination: true,
          },
          {
            uuid: "v1",
            source_type: "volume",
            destination_type: "volume",
            delete_on_termination: true,
          },
          { ...blank, volume_size: "1", guest_format: "ext3" },
          { ...blank, volume_size: "512", guest_format: "swap" },
        ],
      }),
    );
  });

  it("takes the older form of block devices apart", () => {
    expect(posted("--block-device-mapping vda=v1:snap:10:1")).toEqual(
      request({
        block_device_mapping: [
          {
            device_name: "vda",
            uuid: "v1",
            boot_index: 0,
            source_type: "snap",
            snapshot_id: "v1",
            volume_size: "10",
            delete_on_termination: "1",
          },
        ],
      }),
    );
  });

  it("takes the first image with the wanted metadata", () => {
    const headers = { "x-image-meta-property-os": "linux", "x-auth-token": bed.login() };
    const url = `http://controller:9292/v1/images/${bed.image}`;
    bed.do(bed.env.http.request("PUT", url, { headers }));
    bed.mark();
    const nic = `--nic net-id=${NETWORK}`;
    bed.run(`nova boot t3 --flavor 42 --image-with os=linux ${nic}`);
    expect(bed.requests.at(3)).toBe("POST /servers");
    expect(bed.bodies.at(-1)).toEqual(request({ networks: [{ uuid: NETWORK }] }));
  });

  it.each([
    [PLAIN.replace("--flavor 42", ""), "CommandError", "you need to specify a Flavor ID "],
    ["nova boot t3 --flavor 42", "CommandError", "you need to specify at least one source ID"],
    [`${PLAIN} --boot-volume v1`, "CommandError", "you need to specify at least one source ID"],
    [`${PLAIN} --num-instances 0`, "CommandError", "num_instances should be >= 1"],
    [`${PLAIN} --num-instances 2 --max-count 2`, "CommandError", "Don't mix num-instances"],
    [`${PLAIN} --min-count 3 --max-count 2`, "CommandError", "min_count should be <= max_count"],
    [
      `${PLAIN} --nic net-id=a,port-id=b`,
      "CommandError",
      "Invalid nic argument 'net-id=a,port-id=b'.",
    ],
    [`${PLAIN} --nic private`, "CommandError", "Invalid nic argument 'private'."],
    [`${PLAIN} --meta a`, "ValueError", "dictionary update sequence element #0 has length 1"],
    [`${PLAIN} --block-device colour=red`, "KeyError", "u'colour'"],
    [`${PLAIN} --user-data f`, "CommandError", "Can't open 'f': [Errno 2] No such file"],
    [`${PLAIN} --file /etc/motd=f`, "CommandError", "Can't open 'f': [Errno 2] No such file"],
    [
      "nova boot t3 --flavor no --image cirros",
      "CommandError",
      "No flavor with a name or ID of 'no' exists.",
    ],
  ])("%s fails with %s", (line, name, message) => {
    bed.mark();
    const { stderr, exit } = bed.run(line);
    expect(stderr.startsWith(`ERROR (${name}): ${message}`)).toBe(true);
    expect(exit).toBe(1);
    expect(bed.requests.some((line) => /^POST \/(servers|os-)/.test(line))).toBe(false);
  });

  it("reports what the service refuses, with status and request", () => {
    const { stdout, stderr, exit } = new Bed({ servers: [] }).run(`${PLAIN} --min-count 11`);
    expect([stdout, exit]).toEqual(["", 1]);
    expect(stderr).toMatch(
      /^ERROR \(Forbidden\): Quota exceeded for instances: Requested 11, .* \(HTTP 403\) \(Request-ID: req-\S+\)\n$/,
    );
  });
});

describe("nova boot --poll", () => {
  it("looks every five seconds and reports progress until the server is active", () => {
    const nova = new Bed({ servers: [], latency: { spawn: { min: seconds(6), max: seconds(6) } } });
    const from = nova.cloud.kernel.now;
    const { stdout } = nova.run(`${PLAIN} --nic net-id=${nova.network} --poll`);
    expect(stdout).toMatch(
      /\|\n\+-+\+-+\+\n\n(\rServer building\.\.\. 0% complete){2}\rServer building\.\.\. 100% complete\nFinished\n$/,
    );
    const looks = nova.requests.filter(
      (line) => line === `GET /servers/${nova.id("server", "t3")}`,
    );
    // The first is that of the table.
    expect(looks).toHaveLength(4);
    const took = nova.cloud.kernel.now - from;
    expect(took).toBeGreaterThan(seconds(10));
    expect(took).toBeLessThan(seconds(11));
  });

  it("fails with the server's fault", () => {
    const nova = new Bed({ servers: [] });
    nova.cloud.stop("nova-compute@compute-1");
    nova.cloud.advance(minutes(2));
    const { stdout, stderr, exit } = nova.run(`${PLAIN} --nic net-id=${nova.network} --poll`);
    expect(stdout.endsWith("\nError building server\n")).toBe(true);
    expect(stderr).toMatch(/^ERROR \(InstanceInErrorState\): No valid host was found\. /);
    expect(exit).toBe(1);
  });
});
