/**
 * What a token looks like: 32 hexadecimal digits that mean nothing, or all that it says, signed. Of one
 * that is signed a hash is kept in its place. Upstream: keystone/token/providers/uuid.py, pki.py,
 * pkiz.py, keystone/token/provider.py (get_token_provider, unique_id) at 2014.2.
 */
import { cmsSignToken, hashToken, pkizSign, type FlagsOf } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import { dumps, type JsonObject } from "../../../python/index.js";
import { PROVIDERS, type keystoneFlags } from "../flags.js";
import type { Certificates, SigningFiles } from "./signing.js";

type Kind = "uuid" | "pki" | "pkiz";

const kindOf = ({ token_provider, token_format }: Flags): Kind => {
  if (token_format !== null) return token_format === "PKI" ? "pki" : "uuid";
  if (token_provider === PROVIDERS.pkiz) return "pkiz";
  return token_provider === PROVIDERS.pki ? "pki" : "uuid";
};

type Flags = FlagsOf<typeof keystoneFlags>;

export class TokenForm {
  readonly #stream: Stream;
  readonly #kind: Kind;
  readonly #algorithm: string;
  readonly #files: SigningFiles;

  constructor(flags: Flags, stream: Stream, files: SigningFiles) {
    this.#stream = stream;
    this.#kind = kindOf(flags);
    this.#algorithm = flags.hash_algorithm;
    this.#files = files;
  }

  /** The id of a new token, which is made of what it says where that is signed. */
  idOf(body: JsonObject): string {
    switch (this.#kind) {
      case "uuid":
        return this.#stream.hex32();
      case "pki":
        return cmsSignToken(dumps(body), this.#files.certificates.signing);
      case "pkiz":
        return pkizSign(dumps(body), this.#files.certificates.signing);
    }
    return this.#kind satisfies never;
  }

  /** What a token is found by in the database. */
  keyOf(id: string): string {
    return hashToken(id, this.#algorithm);
  }

  /** Those that tokens are signed with; nobody has made any where none is signed. */
  get certificates(): Certificates | undefined {
    return this.#kind === "uuid" ? undefined : this.#files.certificates;
  }
}
