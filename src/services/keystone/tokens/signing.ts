/**
 * The certificates that tokens are signed with: files that `keystone-manage pki_setup` makes, once in
 * the life of a cloud, and that outlive every process. Upstream: keystone/common/openssl.py and the
 * group [signing] of keystone/common/config.py at 2014.2.
 */
import type { Kernel } from "../../../kernel/index.js";

export interface Certificates {
  /** `signing_cert.pem`, as the whole world may have it. */
  readonly signing: string;
  /** `ca.pem`. */
  readonly ca: string;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export class SigningFiles {
  readonly #kernel: Kernel;
  #certificates: Certificates | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Made when somebody needs them for the first time. */
  get certificates(): Certificates {
    const certificate = (name: string): string => {
      const text = this.#kernel.stream("keystone certificate", name).text(BASE64, 640);
      const lines = text.match(/.{64}/g) ?? [];
      return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
    };
    return (this.#certificates ??= { signing: certificate("signing"), ca: certificate("ca") });
  }
}
