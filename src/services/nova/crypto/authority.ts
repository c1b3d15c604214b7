/**
 * The authority that signs certificates of users: its own certificate, the next serial number, and what was revoked, all in files that
 * outlive nova-cert. One for all projects (`use_project_ca` is off in Juno). Upstream: nova/crypto.py (ensure_ca_filesystem,
 * sign_csr, revoke_cert), nova/CA/genrootca.sh at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { seconds } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import type { Der } from "./der.js";
import {
  certificate,
  privateKey,
  randomNumber,
  revocationList,
  type CertificateRequest,
  type Name,
} from "./x509.js";
import { certificateText } from "./x509-text.js";

/** `$ca_path`. */
const CA_PATH = "/var/lib/nova/CA";

const ROOT: Name = [
  ["O", "NOVA ROOT"],
  ["L", "Mountain View"],
  ["ST", "California"],
  ["C", "US"],
];

const YEAR = seconds(365 * 86_400);
/** Of a user's key: 2048 bits; the authority's has half of it. */
const KEY_BYTES = 256;
/** `echo "10" > serial`. */
const FIRST_SERIAL = 0x10;

/** What is in its files, on the host. */
export class AuthorityFiles {
  root: string | undefined;
  serial = FIRST_SERIAL;
  revocations = "";
  /** Those that were revoked, by file. */
  readonly revoked = new Map<string, { readonly serial: Der; readonly at: string }>();
}

interface Signed {
  readonly privateKey: string;
  readonly certificate: string;
  readonly file: string;
}

/** A command has failed: without its configuration OpenSSL signs nothing. */
class ProcessExecutionError extends Exception {
  static override readonly module: string = "nova.openstack.common.processutils";
  override readonly name: string = "ProcessExecutionError";
}

export class Authority {
  readonly #env: Env;
  readonly #files: AuthorityFiles;

  constructor(env: Env, files: AuthorityFiles) {
    this.#env = env;
    this.#files = files;
  }

  get root(): string {
    return this.#files.root ?? "";
  }

  get revocations(): string {
    return this.#files.revocations;
  }

  /** Its files are made, unless they are there. */
  ensure(): void {
    if (this.#files.root !== undefined) return;
    const stream = this.#stream;
    const request: CertificateRequest = {
      serial: randomNumber(stream, 8),
      issuer: ROOT,
      subject: ROOT,
      valid: this.#year(),
      modulus: randomNumber(stream, KEY_BYTES / 2),
      authority: true,
    };
    this.#files.root = certificate(stream, request).text;
    this.#listRevoked();
  }

  /** A new key, and a certificate for it. @throws ProcessExecutionError where `ensure` was never done */
  sign(subject: Name): Signed {
    if (this.#files.root === undefined) {
      throw new ProcessExecutionError("Unexpected error while running command.");
    }
    const stream = this.#stream;
    const serial = this.#files.serial++;
    const modulus = randomNumber(stream, KEY_BYTES);
    const request: CertificateRequest = {
      serial: serialBytes(serial),
      issuer: ROOT,
      subject,
      valid: this.#year(),
      modulus,
    };
    const { text, signature } = certificate(stream, request);
    return {
      privateKey: privateKey(stream, modulus),
      certificate: `${certificateText(request, signature)}${text}`,
      file: `${CA_PATH}/newcerts/${hexadecimal(serial)}.pem`,
    };
  }

  /** The certificate in that file is good no more. */
  revoke(file: string): void {
    const name = file.slice(file.lastIndexOf("/") + 1, -".pem".length);
    const at = this.#env.utcnow();
    this.#files.revoked.set(file, { serial: serialBytes(Number.parseInt(name, 16)), at });
    this.#listRevoked();
  }

  #listRevoked(): void {
    const revoked = [...this.#files.revoked.values()];
    this.#files.revocations = revocationList(this.#stream, ROOT, this.#year(), revoked);
  }

  get #stream() {
    return this.#env.stream("certificates");
  }

  #year(): readonly [string, string] {
    const { calendar, now } = this.#env.kernel;
    return [calendar.stamp(now), calendar.stamp(now + YEAR)];
  }
}

const serialBytes = (serial: number): Der =>
  serial < 256 ? [serial] : [...serialBytes(Math.floor(serial / 256)), serial % 256];

/** Of whole bytes, in capitals. */
function hexadecimal(serial: number): string {
  const digits = serial.toString(16).toUpperCase();
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
