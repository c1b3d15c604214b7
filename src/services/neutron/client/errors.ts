/** What a client of Neutron meets. Upstream: neutronclient/common/exceptions.py. */
import { Exception } from "../../../python/index.js";

/** Neutron said no, or said nothing. */
export class NeutronClientException extends Exception {
  static override readonly module: string = "neutronclient.common.exceptions";
  override readonly name: string = "NeutronClientException";
  /** 0 if there was no answer. */
  readonly status: number;
  /** Neutron's name for the error: `OverQuota`, `IpAddressGenerationFailure` ... */
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message, { status_code: status });
    this.status = status;
    this.type = type;
  }
}

export class ConnectionFailed extends NeutronClientException {
  override readonly name: string = "ConnectionFailed";
}

/** The token is missing or no longer good. */
export class Unauthorized extends NeutronClientException {
  override readonly name: string = "Unauthorized";
}
