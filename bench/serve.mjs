/**
 * `npm run bench:serve`: a served cloud under load, as a process of its own: 200 connections that stay open and 20,000 requests of
 * several sorts, then looks at ten servers: by all, and by one who asks again and again. It prints what was answered, what is lost (nothing may be), the memory before and
 * after, and requests per second of the server's own processor time, which a busy machine does not change.
 */
import { Buffer } from "node:buffer";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

const CONNECTIONS = 200;
const REQUESTS = 20_000;
const LOOKS = 6_000;
const ALONE = 1_000;

const server = spawn(process.execPath, [
  ...["dist/cli/main.js", "serve", "--port-base", "0", "--user", "admin", "--lenient"],
  ...process.argv.slice(2),
]);
let said = "";
server.stdout.on("data", (data) => (said += data));
server.stderr.on("data", (data) => (said += data));
while (!said.includes("ready")) await once(server.stderr, "data");
const ports = new Map(
  [...said.matchAll(/^controller:(\d+) +http:\/\/127\.0\.0\.1:(\d+)/gmu)].map(([, own, port]) => [
    Number(own),
    Number(port),
  ]),
);

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

function ask(own, method, path, { token, body } = {}) {
  return new Promise((resolve, reject) => {
    const headers = { ...(token && { "x-auth-token": token }) };
    if (body !== undefined) headers["content-type"] = "application/json";
    const sent = request(
      { host: "127.0.0.1", port: ports.get(own), method, path, headers, agent },
      (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Seconds that the server has computed, and MB that it holds. */
function usage() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
  const pages = Number(readFileSync(`/proc/${server.pid}/statm`, "utf8").split(" ")[1]);
  return {
    seconds: (Number(fields[11]) + Number(fields[12])) / 100,
    megabytes: (pages * 4096) / 1e6,
  };
}

const passwordCredentials = { username: "admin", password: "secret" };
const { access } = JSON.parse(
  (
    await ask(5000, "POST", "/v2.0/tokens", {
      body: { auth: { tenantName: "admin", passwordCredentials } },
    })
  ).text,
);
const token = access.token.id;
const v2 = `/v2/${access.token.tenant.id}`;
const { images } = JSON.parse((await ask(9292, "GET", "/v2/images", { token })).text);
const { networks } = JSON.parse((await ask(9696, "GET", "/v2.0/networks", { token })).text);
const boot = (name) => ({
  token,
  body: {
    server: { name, flavorRef: "42", imageRef: images[0].id, networks: [{ uuid: networks[0].id }] },
  },
});
for (let i = 0; i < 10; i++) await ask(8774, "POST", `${v2}/servers`, boot(`keep-${i}`));

const failed = new Map();
const count = (name, { status }) => {
  if (status >= 400) failed.set(`${name} ${status}`, (failed.get(`${name} ${status}`) ?? 0) + 1);
};
const SORTS = [
  async () => count("detail", await ask(8774, "GET", `${v2}/servers/detail?limit=10`, { token })),
  async () => count("flavors", await ask(8774, "GET", `${v2}/flavors/detail`, { token })),
  async () => count("images", await ask(9292, "GET", "/v2/images", { token })),
  async () => count("networks", await ask(9696, "GET", "/v2.0/networks", { token })),
  async () => count("limits", await ask(8774, "GET", `${v2}/limits`, { token })),
  async () => count("ports", await ask(9696, "GET", "/v2.0/ports?limit=5&fields=id", { token })),
];
const MADE_EVERY = 100;
const made = [];

/** @param total requests by so many at once @param one does the n-th */
async function load(total, one, connections = CONNECTIONS) {
  const before = usage();
  const began = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < total) await one(next++);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const after = usage();
  const seconds = after.seconds - before.seconds;
  const wall = (performance.now() - began) / 1000;
  return {
    perSecond: total / seconds,
    wall: total / wall,
    ...{ from: before.megabytes, to: after.megabytes },
  };
}

const mixed = async (n) => {
  if (n % MADE_EVERY !== 0) return SORTS[n % SORTS.length]();
  const answer = await ask(8774, "POST", `${v2}/servers`, boot(`s-${n}`));
  count("boot", answer);
  const { server: one } = JSON.parse(answer.text);
  made.push(one.id);
  const old = made.length > 20 ? made.shift() : undefined;
  if (old !== undefined)
    count("delete", await ask(8774, "DELETE", `${v2}/servers/${old}`, { token }));
};
const print = (name, { perSecond, wall, from, to }) =>
  console.log(
    `${name.padEnd(28)} ${perSecond.toFixed(0).padStart(6)} requests per second of processor time, ${wall.toFixed(0)} of the clock; ${from.toFixed(0)} to ${to.toFixed(0)} MB`,
  );
for (let part = 1; part <= 4; part++) print(`mixed, ${part} of 4`, await load(REQUESTS / 4, mixed));
const { servers } = JSON.parse((await ask(8774, "GET", `${v2}/servers/detail`, { token })).text);
const lost = made.filter((id) => !servers.some((one) => one.id === id));
const bad = servers.filter(({ status }) => status !== "ACTIVE");
console.log(
  `errors: ${JSON.stringify(Object.fromEntries(failed))}; lost servers: ${lost.length}; not ACTIVE: ${bad.length}`,
);
for (const id of made) await ask(8774, "DELETE", `${v2}/servers/${id}`, { token });
const look = async () => count("detail", await ask(8774, "GET", `${v2}/servers/detail`, { token }));
print("GET /servers/detail, ten", await load(LOOKS, look));
print("the same, one after another", await load(ALONE, look, 1));
server.kill("SIGINT");
const [code] = await once(server, "exit");
agent.destroy();
process.exitCode = code === 0 && failed.size === 0 && lost.length === 0 ? 0 : 1;
