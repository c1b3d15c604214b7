/**
 * Two services of one's own join a whole cloud, and are spoken to. Run it with
 * `npx tsx examples/example-service/main.ts`.
 */
import { Cloud, seconds } from "novasim";
import { ReaderManager } from "./reader.js";
import { ExampleServiceManager } from "./service.js";

const cloud = new Cloud({ seed: 1 });
cloud.add({ binary: "nova-exampleservice", manager: ExampleServiceManager });
cloud.add({ binary: "nova-reader", manager: ReaderManager }, { host: "library" });

// Anybody on the bus can send to a topic; `rpc` does it as code of 2011 did.
const admin = cloud.user("admin");
const note = { method: "write_note", args: { text: "compute-1 is loud" } };
cloud.run(admin.rpc.cast(admin.adminContext(), "exampleservice", note));
cloud.advance(seconds(130));
const notes = cloud.run(
  admin.rpc.call(admin.adminContext(), "exampleservice", { method: "get_notes" }),
);
console.log(`the board: ${JSON.stringify(notes)}`);

console.log(admin.command("nova service-list --binary nova-exampleservice").stdout);

for (const entry of cloud.timeline.entries) {
  if (entry.kind === "log") console.log(`${String(entry.actor)}: ${entry.message}`);
  if (entry.kind === "rpc.call") console.log(`${entry.from} calls ${entry.method}`);
}
