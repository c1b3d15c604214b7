/** Toy joins a cloud, and demo plays. Run it with `npx tsx examples/toy-service/main.ts`. */
import { Cloud, NotFound, type Json } from "novasim";
import { toy } from "./project.js";

const cloud = new Cloud({ seed: 1 });
cloud.add(toy);
const demo = cloud.user("demo");

/** As a client does it: a token from Keystone, and the address of type `toy` from its catalog. */
function ask(method: string, path: string, body?: Json): void {
  const answer = cloud.run(demo.request("toy", method, path, body));
  console.log(`${method} ${path}: ${JSON.stringify(answer.body)}`);
}

ask("POST", "/toys", { name: "ball" });
ask("GET", "/toys");
ask("GET", `/toys/${cloud.id("toy", "ball") ?? ""}`);
try {
  ask("GET", "/toys/bear");
} catch (error) {
  if (error instanceof NotFound) console.log(error.message);
}
