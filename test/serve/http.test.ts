/** The door as programs meet it: what every answer has, what is refused, and that the cloud outlives it all. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { beforeAll, afterAll, describe, expect, it } from "vitest";
import { ask, login, opened, raw, serve, type Bed, type Login } from "./bed.js";

const FULL = `
scenario: served
cloud: { services: [swift] }
steps:
  - run: nova boot t1 --flavor m1.nano --image cirros --nic net-id=private
`;

describe("a cloud behind real HTTP", () => {
  let bed: Bed;
  let demo: Login;
  let nova: number;
  let token: { readonly "x-auth-token": string };

  beforeAll(async () => {
    bed = await serve({ text: FULL, maxBody: 8 * 1024 * 1024, requestId: true });
    demo = await login(bed);
    nova = bed.portOf(8774);
    token = { "x-auth-token": demo.token };
  });

  afterAll(async () => {
    await bed.close();
    expect(bed.broken).toEqual([]);
  });

  /** It still answers. */
  async function lives(): Promise<void> {
    expect((await ask(nova, `/v2/${demo.project}/servers`, { headers: token })).status).toBe(200);
  }

  it("says of each answer what it is, how long, and when in the simulation", async () => {
    const { status, headers, bytes } = await ask(nova, `/v2/${demo.project}/servers/detail`, {
      headers: token,
    });
    expect(status).toBe(200);
    expect(headers["content-type"]).toContain("application/json");
    expect(headers["content-length"]).toBe(String(bytes.length));
    expect(headers.date).toContain("2014");
    expect(headers["x-openstack-request-id"]).toBe(headers["x-compute-request-id"]);
  });

  it("writes links as the request calls its server", async () => {
    const host = `localhost:${String(nova)}`;
    const { text } = await ask(nova, "/", { headers: { host } });
    expect(text).toContain(`http://${host}/v2/`);
    const glance = await ask(bed.portOf(9292), "/versions");
    expect(glance.status).toBe(300);
    expect(glance.text).toContain(`http://127.0.0.1:${String(bed.portOf(9292))}/v2/`);
    const keystone = await ask(bed.portOf(5000), "/v3");
    expect(keystone.text).toContain(`http://127.0.0.1:${String(bed.portOf(5000))}/v3/`);
  });

  it("gives a catalog in which every address leads to its service", async () => {
    const passwordCredentials = { username: "demo", password: "secret" };
    const body = { auth: { tenantName: "demo", passwordCredentials } };
    const { text } = await ask(bed.portOf(5000), "/v2.0/tokens", { method: "POST", body });
    expect(text).not.toContain("controller");
    for (const own of [5000, 35357, 8774, 9292, 9696, 8080]) {
      expect(text).toContain(`http://127.0.0.1:${String(bed.portOf(own))}`);
    }
  });

  it("gives tokens whose end lies in the real future", async () => {
    const passwordCredentials = { username: "demo", password: "secret" };
    const body = { auth: { tenantName: "demo", passwordCredentials } };
    const reply = await ask(bed.portOf(5000), "/v2.0/tokens", { method: "POST", body });
    const { access } = reply.json() as { access: { token: { expires: string } } };
    // Nobody will run this in 2070.
    expect(access.token.expires > "2070").toBe(true);
  });

  it("answers HEAD with the length and without the body", async () => {
    const swift = bed.portOf(8080);
    const account = `/v1/AUTH_${demo.project}`;
    await ask(swift, `${account}/c`, { method: "PUT", headers: token });
    await ask(swift, `${account}/c/o`, { method: "PUT", headers: token, body: "twelve bytes" });
    const head = await ask(swift, `${account}/c/o`, { method: "HEAD", headers: token });
    expect([head.status, head.headers["content-length"], head.text]).toEqual([200, "12", ""]);
  });

  it("keeps the bytes of objects and images, whole and in parts", async () => {
    const swift = bed.portOf(8080);
    const object = `/v1/AUTH_${demo.project}/bytes/o`;
    const bytes = Buffer.alloc(3_000_000, "0123456789abcdefg");
    bytes[0] = 0xff;
    await ask(swift, object.replace("/o", ""), { method: "PUT", headers: token });
    const put = await ask(swift, object, { method: "PUT", headers: token, body: bytes });
    const md5 = createHash("md5").update(bytes).digest("hex");
    expect([put.status, put.headers.etag]).toEqual([201, md5]);
    expect((await ask(swift, object, { headers: token })).bytes.equals(bytes)).toBe(true);
    const range = { range: "bytes=1000-1999999", ...token };
    const part = await ask(swift, object, { headers: range });
    expect(part.status).toBe(206);
    expect(part.bytes.equals(bytes.subarray(1000, 2_000_000))).toBe(true);

    const glance = bed.portOf(9292);
    const made = await ask(glance, "/v2/images", {
      ...{ method: "POST", headers: token },
      body: { name: "own", disk_format: "raw", container_format: "bare" },
    });
    const { id } = made.json() as { id: string };
    const octets = { "content-type": "application/octet-stream", ...token };
    const file = `/v2/images/${id}/file`;
    const sent = await ask(glance, file, { method: "PUT", headers: octets, body: bytes });
    expect([sent.status, sent.text]).toEqual([204, ""]);
    const image = (await ask(glance, `/v2/images/${id}`, { headers: token })).json();
    expect(image).toMatchObject({ status: "active", size: bytes.length, checksum: md5 });
    expect((await ask(glance, file, { headers: token })).bytes.equals(bytes)).toBe(true);
  });

  it("has the data of images that were there from the start", async () => {
    const glance = bed.portOf(9292);
    const list = (await ask(glance, "/v2/images", { headers: token })).json();
    const { images } = list as { images: { id: string; name: string; checksum: string }[] };
    const cirros = images.find(({ name }) => name === "cirros");
    const file = await ask(glance, `/v2/images/${cirros?.id ?? ""}/file`, { headers: token });
    expect(createHash("md5").update(file.bytes).digest("hex")).toBe(cirros?.checksum);
  });

  it.each([
    ["no JSON", "{", "application/json", 400, "Malformed request body"],
    ["another content type", "<a/>", "text/plain", 400, "Unsupported Content-Type"],
    ["nothing", "", "application/json", 400, ""],
    ["nested without end", "[".repeat(100_000), "application/json", 400, "Malformed request body"],
  ])("lets a body that is %s reach the service", async (_, body, type, status, words) => {
    const sent = { method: "POST", body, headers: { ...token, "content-type": type } };
    const reply = await ask(nova, `/v2/${demo.project}/servers`, sent);
    expect(reply.text).toContain(words);
    expect(reply.status >= status && reply.status < 500).toBe(true);
    await lives();
  });

  it("asks for a token, and takes none that is forged or somebody else's", async () => {
    const servers = `/v2/${demo.project}/servers`;
    expect((await ask(nova, servers)).status).toBe(401);
    const forged = { headers: { "x-auth-token": "f".repeat(32) } };
    expect((await ask(nova, servers, forged)).status).toBe(401);
    const admin = await login(bed, "admin");
    const other = await ask(nova, `/v2/${admin.project}/servers`, { headers: token });
    expect(other.status).toBe(400);
    expect(other.text).toContain("Malformed request URL");
    // What a client says of who it is counts for nothing.
    const claims = { "x-user-id": "a", "x-tenant-id": demo.project, "x-roles": "admin" };
    expect((await ask(nova, servers, { headers: claims })).status).toBe(401);
  });

  it("shows nobody what is another project's, by whatever id", async () => {
    const admin = await login(bed, "admin");
    const others = { headers: { "x-auth-token": (await login(bed, "demo")).token } };
    const own = { headers: { "x-auth-token": admin.token } };
    const glance = bed.portOf(9292);
    const made = await ask(glance, "/v2/images", {
      ...own,
      method: "POST",
      body: { name: "hers", disk_format: "raw", container_format: "bare", visibility: "private" },
    });
    const { id } = made.json() as { id: string };
    expect((await ask(glance, `/v2/images/${id}`, own)).status).toBe(200);
    expect((await ask(glance, `/v2/images/${id}`, others)).status).toBe(404);
    expect((await ask(glance, `/v2/images/${id}`, { ...others, method: "DELETE" })).status).toBe(
      404,
    );
    const networks = bed.portOf(9696);
    const body = { network: { name: "hers" } };
    const net = await ask(networks, "/v2.0/networks", { ...own, method: "POST", body });
    const path = `/v2.0/networks/${(net.json() as { network: { id: string } }).network.id}`;
    expect((await ask(networks, path, own)).status).toBe(200);
    expect((await ask(networks, path, others)).status).toBe(404);
    const server = bed.cloud.id("server", "t1") ?? "";
    // It is demo's: an administrator sees it where all are asked for, and by its id.
    expect((await ask(nova, `/v2/${demo.project}/servers/${server}`, others)).status).toBe(200);
    const list = await ask(nova, `/v2/${admin.project}/servers`, own);
    expect(list.json()).toEqual({ servers: [] });
    const account = `/v1/AUTH_${admin.project}`;
    expect((await ask(bed.portOf(8080), account, others)).status).toBe(403);
  });

  it("says of an answer without a body what it would be, as webob does", async () => {
    const server = bed.cloud.id("server", "t1") ?? "";
    const path = `/v2/${demo.project}/servers/${server}/action`;
    const reply = await ask(nova, path, {
      method: "POST",
      headers: token,
      body: { reboot: { type: "SOFT" } },
    });
    expect([reply.status, reply.text]).toEqual([202, ""]);
    expect(reply.headers).toMatchObject({
      "content-length": "0",
      "content-type": "text/html; charset=UTF-8",
    });
  });

  it("answers what comes in one piece one after the other", async () => {
    const one = (path: string, more = ""): string =>
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;
    const back = await raw(nova, one("/") + one("/nowhere") + one("/v2/", "Connection: close\r\n"));
    const statuses = [...back.matchAll(/HTTP\/1\.1 (\d+) /gu)].map(([, status]) => status);
    expect(statuses).toEqual(["200", "300", "401"]);
  });

  it("takes what is sent beyond the length of a body for a request, and refuses it", async () => {
    const text =
      "POST /v2.0/tokens HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\n{}and more\r\n\r\n";
    const back = await raw(bed.portOf(5000), text);
    expect(back).toMatch(/HTTP\/1\.1 400 /u);
    await lives();
  });

  it("takes ../ for what it is", async () => {
    for (const path of ["/../../etc/passwd", "/v2/../../etc/passwd", "/v2/%2e%2e/servers"]) {
      const reply = await ask(nova, path, { headers: token });
      expect([300, 400, 404]).toContain(reply.status);
      expect(reply.text).not.toContain("root:");
    }
  });

  it("answers nobody who calls it by another's name, and no page of another site", async () => {
    const evil = await ask(nova, "/", { headers: { host: "evil.example" } });
    expect(evil.status).toBe(403);
    const host = `127.0.0.1:${String(nova)}`;
    const page = await ask(nova, "/", { headers: { host, origin: "http://evil.example" } });
    expect(page.status).toBe(403);
    const own = await ask(nova, "/", { headers: { host, origin: `http://${host}` } });
    expect(own.status).toBe(200);
    expect(await raw(nova, "GET / HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /u);
  });

  it.each([
    ["no HTTP", "hello\r\n\r\n", "400"],
    ["a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", "400"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
      "400",
    ],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "400",
    ],
    [
      "headers without end",
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(200_000)}\r\n\r\n`,
      "431",
    ],
  ])("refuses %s", async (_, text, status) => {
    expect(await raw(nova, text)).toContain(`HTTP/1.1 ${status}`);
    await lives();
  });

  it("refuses a body that is too long, whether or not it says so", async () => {
    const head = `POST /v2/x/servers HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
    expect(await raw(nova, `${head}Content-Length: 99999999999\r\n\r\n`)).toContain(" 413 ");
    const chunk = `${(1024 * 1024).toString(16)}\r\n${"x".repeat(1024 * 1024)}\r\n`;
    const endless = `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(10)}`;
    expect(await raw(nova, endless)).toContain(" 413 ");
    await lives();
  });

  it("forgets a request whose body breaks off", async () => {
    const text = "POST /v2.0/tokens HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{";
    expect(await raw(bed.portOf(5000), text, true)).not.toContain(" 200 ");
    await lives();
  });

  it("has patience with a thousand connections that say nothing", async () => {
    const idle = await Promise.all(Array.from({ length: 1000 }, () => opened(nova)));
    await lives();
    for (const socket of idle) socket.destroy();
    await lives();
  });

  it("refuses connections while the service is dead, and takes them when it is back", async () => {
    const glance = bed.portOf(9292);
    const kept = await opened(glance);
    const cut = once(kept, "close");
    bed.cloud.crash("glance-api@controller");
    await lives();
    await cut;
    await expect(ask(glance, "/")).rejects.toThrow("ECONNREFUSED");
    bed.cloud.start("glance-api@controller");
    await lives();
    expect((await ask(glance, "/")).status).toBe(300);
  });

  it("has requests under way together", async () => {
    const names = Array.from({ length: 5 }, (_, at) => `race-${String(at)}`);
    const image = bed.cloud.id("image", "cirros") ?? "";
    const network = bed.cloud.id("network", "private") ?? "";
    const made = await Promise.all(
      names.map((name) =>
        ask(nova, `/v2/${demo.project}/servers`, {
          ...{ method: "POST", headers: token },
          body: {
            server: { name, imageRef: image, flavorRef: "42", networks: [{ uuid: network }] },
          },
        }),
      ),
    );
    expect(made.map(({ status }) => status)).toEqual(names.map(() => 202));
    const list = await ask(nova, `/v2/${demo.project}/servers/detail`, { headers: token });
    for (const name of names) expect(bed.cloud.server(name)?.status).toBe("ACTIVE");
    expect(list.status).toBe(200);
  });
});
