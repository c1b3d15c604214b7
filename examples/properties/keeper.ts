/** A keeper: it boots a server until one is ACTIVE, and deletes what did not become so. */
import { ClientException, ConnectionError, seconds, sleep, type NovaApi, type Op } from "novasim";

/** @returns the id of the server that runs. @throws Error after ten attempts */
export function* keepOneRunning(nova: NovaApi, name: string): Op<string> {
  for (let attempt = 1; attempt <= 10; attempt++) {
    const id = yield* unlessRefused(nova.boot({ name, flavor: "m1.nano", image: "cirros" }));
    for (let asked = 1; id !== undefined && asked <= 60; asked++) {
      const server = yield* unlessRefused(nova.show(id.id));
      if (server?.status === "ACTIVE") return id.id;
      if (server?.status === "ERROR") break;
      yield* sleep(seconds(2));
    }
    if (id !== undefined) yield* unlessRefused(nova.delete(id.id));
    yield* sleep(seconds(10));
  }
  throw new Error(`ten servers named ${name} did not become ACTIVE`);
}

function* unlessRefused<T>(op: Op<T>): Op<T | undefined> {
  try {
    return yield* op;
  } catch (error) {
    if (error instanceof ClientException || error instanceof ConnectionError) return undefined;
    throw error;
  }
}
