/** Tells the flow of a boot in words, and draws it: `node story.mjs`. */
import { writeFileSync } from "node:fs";
import { Cloud, Messages, renderSvg } from "novasim";

const cloud = new Cloud({ seed: 7, computes: 2 });
cloud.user("demo").command("nova boot web --flavor m1.nano --image cirros");
cloud.settle();

const { entries } = cloud.timeline;
const messages = new Messages(entries);
const seconds = (at) => `${(at / 1e6).toFixed(3)} s`;

for (const { at, ...entry } of entries) {
  if (entry.kind === "rest.request") {
    const status = messages.rest.get(entry.id)?.response?.status ?? "nothing";
    console.log(
      `${seconds(at)}  ${entry.from} asks ${entry.to}: ${entry.method}. The answer is ${status}.`,
    );
  } else if (entry.kind === "rpc.call") {
    console.log(
      `${seconds(at)}  ${entry.from} calls ${entry.method} of ${entry.topic}, and waits.`,
    );
  } else if (entry.kind === "rpc.cast") {
    console.log(
      `${seconds(at)}  ${entry.from} casts ${entry.method} to ${entry.topic}, and goes on.`,
    );
  } else if (entry.kind === "notification") {
    console.log(`${seconds(at)}  ${entry.actor} tells whoever listens: ${entry.event}.`);
  }
}

const server = cloud.server("web");
console.log(`${seconds(cloud.now)}  ${server?.name} is ${server?.status} on ${server?.host}.`);
writeFileSync("boot.svg", renderSvg(cloud.timeline));
console.log("The picture is in boot.svg.");
