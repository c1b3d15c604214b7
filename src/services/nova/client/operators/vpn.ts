/**
 * Certificates and cloudpipes, names for floating IPs, and cells. Upstream: novaclient/v1_1/certs.py, cloudpipe.py, floating_ip_dns.py,
 * novaclient/v1_1/contrib/cells.py at 2.20.0.
 */
import type { Op } from "../../../../kernel/index.js";
import { quote, urlencode, type JsonObject } from "../../../../python/index.js";
import { isObjectAtAll, Manager, withTexts } from "../manager.js";

interface Certificate {
  readonly data: string;
  readonly private_key: string | null;
}

const isCertificate = withTexts<Certificate>("data");

export class CertificateManager extends Manager {
  make(): Op<JsonObject & Certificate> {
    return this.create("/os-certificates", {}, "certificate", isCertificate);
  }

  root(): Op<JsonObject & Certificate> {
    return this.get("/os-certificates/root", "certificate", isCertificate);
  }
}

export class CloudpipeManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list("/os-cloudpipe", "cloudpipes", isObjectAtAll);
  }

  *make(project_id: string): Op<void> {
    yield* this.post("/os-cloudpipe", { cloudpipe: { project_id } });
  }

  configure(vpn_ip: string, vpn_port: string): Op<void> {
    return this.put("/os-cloudpipe/configure-project", { configure_project: { vpn_ip, vpn_port } });
  }
}

/** Dots as well, which would be taken for the format that is asked for. */
const quoted = (domain: string): string => quote(domain.replaceAll(".", "%2E"));

export class DnsManager extends Manager {
  domains(): Op<JsonObject[]> {
    return this.list("/os-floating-ip-dns", "domain_entries", isObjectAtAll);
  }

  makeDomain(domain: string, domain_entry: JsonObject): Op<void> {
    return this.put(`/os-floating-ip-dns/${quoted(domain)}`, { domain_entry });
  }

  deleteDomain(domain: string): Op<void> {
    return this.remove(`/os-floating-ip-dns/${quoted(domain)}`);
  }

  entry(domain: string, name: string): Op<JsonObject> {
    const path = `/os-floating-ip-dns/${quoted(domain)}/entries/${name}`;
    return this.get(path, "dns_entry", isObjectAtAll);
  }

  entriesFor(domain: string, ip: string): Op<JsonObject[]> {
    const query = urlencode(new Map([["ip", ip]]));
    const path = `/os-floating-ip-dns/${quoted(domain)}/entries?${query}`;
    return this.list(path, "dns_entries", isObjectAtAll);
  }

  make(domain: string, name: string, dns_entry: JsonObject): Op<void> {
    return this.put(`/os-floating-ip-dns/${quoted(domain)}/entries/${name}`, { dns_entry });
  }

  delete(domain: string, name: string): Op<void> {
    return this.remove(`/os-floating-ip-dns/${quoted(domain)}/entries/${name}`);
  }
}

export class CellManager extends Manager {
  one(name: string): Op<JsonObject> {
    return this.get(`/os-cells/${name}`, "cell", isObjectAtAll);
  }

  capacities(name?: string): Op<JsonObject> {
    const path = name === undefined ? "capacities" : `${name}/capacities`;
    return this.get(`/os-cells/${path}`, "cell", isObjectAtAll);
  }
}
