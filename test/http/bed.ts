/** A network to test against: servers with the application that a test gives, and what was observed. */
import { HttpServer, Network, type Application, HttpClient } from "../../src/http/index.js";
import {
  Kernel,
  milliseconds,
  type Cause,
  type Detail,
  type Observation,
  type Observer,
  type Op,
} from "../../src/kernel/index.js";

export interface Entry {
  readonly what: Observation & Readonly<Record<string, unknown>>;
  readonly detail: Detail;
  readonly cause: Cause;
}

export class Web implements Observer {
  readonly kernel = new Kernel({ observer: this });
  /** A millisecond one way, so that tests can say when. */
  readonly network = new Network(this.kernel, {
    latency: { min: milliseconds(1), max: milliseconds(1) },
  });
  readonly entries: Entry[] = [];
  readonly client: HttpClient = new HttpClient(this.network, "client@h");

  observe(_at: number, what: Observation, detail: Detail, cause: Cause): Cause {
    return this.entries.push({ what: what as Entry["what"], detail, cause }) - 1;
  }

  /** A server on `api:80`, started. */
  serve(application: Application, poolSize?: number): HttpServer {
    const options = { actor: "api@h", address: "api:80", application };
    const server = new HttpServer(this.network, {
      ...options,
      ...(poolSize !== undefined && { poolSize }),
    });
    server.start();
    return server;
  }

  run<T>(op: Op<T>): T {
    return this.kernel.complete(op, { name: "test", actor: "client@h" });
  }

  /** The response, or the name of the error, of each of `ops` made at once. */
  outcomes(ops: readonly Op<{ status: number }>[]): () => (number | string)[] {
    const threads = ops.map((op) => this.kernel.spawn(op, { name: "ask", awaited: true }));
    return () =>
      threads.map((thread) => {
        if (!thread.ended) return "waits";
        try {
          return thread.result.status;
        } catch (error) {
          return (error as Error).constructor.name;
        }
      });
  }

  kinds(): string[] {
    return this.entries.map(({ what, cause }) => {
      const from = this.entries[cause]?.what.kind ?? "nothing";
      return `${what.kind} <- ${from}`;
    });
  }
}
