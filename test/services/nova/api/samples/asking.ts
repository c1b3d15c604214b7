/**
 * What is asked of a whole cloud by hand, with the samples of doc/api_samples at 2014.2 that each request and answer is beside.
 */
import type { Json } from "../../../../../src/python/index.js";
import type { WholeCloud } from "../../../../flows/bed.js";

export interface Exchange {
  readonly method: string;
  readonly at: string;
  readonly body: Json | undefined;
  readonly status: number;
  readonly answer: Json;
  /** Which samples it is beside. */
  readonly asks: RegExp | undefined;
  readonly answers: RegExp | undefined;
}

/** What stands in an answer at the end of those keys, as a path has it. */
export function member(json: Json, ...keys: readonly string[]): string {
  const found = keys.reduce<Json>((at, key) => (at as Record<string, Json>)[key] ?? null, json);
  return typeof found === "string" ? found : JSON.stringify(found);
}

const v2 = (at: string): string => `/v2/{tenant}${at}`;

/** An administrator's requests, one after the other. */
export class Asking {
  /** Everything, in the order in which it was done. */
  readonly done: Exchange[] = [];

  readonly #whole: WholeCloud;
  readonly #server: string;

  constructor(whole: WholeCloud, server: string) {
    this.#whole = whole;
    this.#server = server;
  }

  readonly ask = (
    method: string,
    at: string,
    body: Json | undefined,
    asks?: RegExp,
    answers?: RegExp,
  ): Json => {
    const { status, body: answer } = this.#whole.http("admin", method, `8774${at}`, body);
    this.done.push({ method, at, body, status, answer, asks, answers });
    return answer;
  };

  readonly get = (at: string, answers?: RegExp): Json =>
    this.ask("GET", v2(at), undefined, undefined, answers);

  readonly post = (at: string, body: Json, asks?: RegExp, answers?: RegExp): Json =>
    this.ask("POST", v2(at), body, asks, answers);

  readonly put = (at: string, body: Json, asks?: RegExp, answers?: RegExp): Json =>
    this.ask("PUT", v2(at), body, asks, answers);

  /** An action of the server, and what it leads to. */
  readonly act = (body: Json, asks?: RegExp, answers?: RegExp): Json => {
    const answer = this.post(`/servers/${this.#server}/action`, body, asks, answers);
    this.#whole.rest();
    return answer;
  };
}
