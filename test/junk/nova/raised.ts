/**
 * Where Juno's Nova itself answers 5xx to a body that is not as it should be: what Python raises at which line of
 * 2014.2, or what the controller says. Whatever is not here must not be answered so.
 */
export interface Raised {
  /** Method and path of `right.ts`, and the action if it is one. */
  readonly at: string;
  /** What nova-api logs of it, or says in its answer. */
  readonly says: RegExp;
  /** Upstream's line, and what stands there. */
  readonly because: string;
}

const raised = (at: string, says: RegExp, because: string): Raised => ({ at, says, because });

const V2 = "nova/api/openstack/compute";
const CONTRIB = `${V2}/contrib`;
const NO_GET = /AttributeError: '\w+' object has no attribute 'get'/u;
const NO_STRIP = /AttributeError: .*no attribute 'strip'/u;
const NO_ITEMS = /AttributeError: '\w+' object has no attribute 'iteritems'/u;
const NO_COPY = /AttributeError: '\w+' object has no attribute 'copy'/u;
/** What `bm_interface_create` saves has an address that another has. */
const TAKEN = /DBDuplicateEntry: .* of bm_interfaces/u;
const BM_SAVE = "nova/virt/baremetal/db/sqlalchemy/api.py:275: _save(ref)";
const NOT_ADAPTED = /DBError: can't adapt type/u;
const TOO_LARGE = /DBError: \(DataError\) \(1264, "Out of range value/u;

const consoles = Object.entries({ VNC: 40, SPICE: 66, RDP: 92, Serial: 117 }).map(([kind, line]) =>
  raised(
    `POST /servers/{server}/action os-get${kind}Console`,
    NO_GET,
    `${CONTRIB}/consoles.py:${String(line)}: body['os-get${kind}Console'].get('type')`,
  ),
);

export const RAISED: readonly Raised[] = [
  raised("POST /limits", /notImplemented/u, `${V2}/limits.py:105: HTTPNotImplemented()`),
  raised("PUT /limits/a", /notImplemented/u, `${V2}/limits.py:121: HTTPNotImplemented()`),
  raised("POST /servers", NO_GET, `${V2}/servers.py:677: network.get; :810: sg.get; :863: bdm.get`),
  raised(
    "POST /servers",
    /AttributeError: 'NoneType' object has no attribute 'split'/u,
    `${V2}/servers.py:694: request.network_id.split`,
  ),
  raised(
    "POST /servers",
    /ValueError: A string is required here, not (?:dict|list)/u,
    "nova/objects/fields.py:246: a network's uuid is set in a NetworkRequest",
  ),
  raised("POST /os-volumes_boot", NO_GET, `${V2}/servers.py:863: bdm.get`),
  raised(
    "POST /servers/{server}/action rebuild",
    /AttributeError: '\w+' object has no attribute 'split'/u,
    `${V2}/servers.py:1233: image_href.split`,
  ),
  raised(
    "POST /servers/{server}/action changePassword",
    /Unable to set password on instance/u,
    `${V2}/servers.py:1288: HTTPNotImplemented`,
  ),
  raised(
    "POST /servers/{server}/action createImage",
    NO_GET,
    `${V2}/servers.py:1435: entity.get("name")`,
  ),
  raised(
    "POST /servers/{server}/action os-getConsoleOutput",
    NO_GET,
    `${CONTRIB}/console_output.py:50: body['os-getConsoleOutput'].get('length')`,
  ),
  ...consoles,
  ...["addSecurityGroup", "removeSecurityGroup"].map((action) =>
    raised(
      `POST /servers/{server}/action ${action}`,
      NO_STRIP,
      `${CONTRIB}/security_groups.py:494: group_name.strip()`,
    ),
  ),
  raised(
    "POST /servers/{server}/os-interface",
    NO_GET,
    `${CONTRIB}/attach_interfaces.py:89: attachment.get`,
  ),
  raised(
    "POST /servers/{server}/os-interface",
    /KeyError: 'interfaceAttachment'/u,
    `${CONTRIB}/attach_interfaces.py:88: body['interfaceAttachment']`,
  ),
  raised(
    "POST /servers/{server}/os-interface",
    /RemoteError: Remote error: (?:BadRequest|NeutronClientException|PortNotFoundClient)/u,
    `${CONTRIB}/attach_interfaces.py:110: what Neutron says is no exception of nova's`,
  ),
  raised(
    "POST /servers/{server}/os-interface",
    /Failed to attach interface/u,
    `${CONTRIB}/attach_interfaces.py:125: HTTPInternalServerError`,
  ),
  ...["add", "remove"].map((verb, at) =>
    raised(
      `POST /flavors/42/action ${verb}TenantAccess`,
      NO_GET,
      `${CONTRIB}/flavor_access.py:${String([168, 192][at])}: vals.get('tenant')`,
    ),
  ),
  raised(
    "POST /flavors/42/os-extra_specs",
    NO_GET,
    `${CONTRIB}/flavorextraspecs.py:100: body.get('extra_specs')`,
  ),
  raised(
    "POST /images/{image}/metadata",
    NO_ITEMS,
    `${V2}/image_metadata.py:62: body['metadata'].iteritems()`,
  ),
  raised(
    "PUT /images/{image}/metadata",
    NO_GET,
    `${V2}/image_metadata.py:106: body.get('metadata'), also where there is no body (wsgi.py:943)`,
  ),
  raised(
    "PUT /images/{image}/metadata",
    NO_ITEMS,
    "nova/api/openstack/common.py:331: metadata.iteritems()",
  ),
  raised(
    "POST /os-volumes",
    /OverQuota: /u,
    "nova/volume/cinder.py:396: OverQuota, which is no QuotaError",
  ),
  raised(
    "POST /os-volumes",
    /ClientException: /u,
    "nova/volume/cinder.py:393: what Cinder cannot do, with its status",
  ),
  raised(
    "POST /os-snapshots",
    /ClientException: /u,
    "nova/volume/cinder.py:431: what Cinder cannot do, with its status",
  ),
  raised(
    "POST /os-security-groups",
    /InternalServerError: Request Failed/u,
    "nova/network/security_group/neutron_driver.py:66: what Neutron cannot do is handed on",
  ),
  raised(
    "POST /os-security-groups",
    NO_GET,
    `${CONTRIB}/security_groups.py:266: body.get; :330: group.get`,
  ),
  raised(
    "POST /os-security-group-rules",
    NO_GET,
    `${CONTRIB}/security_groups.py:266: body.get, :379: sg_rule.get`,
  ),
  ...["", "/create"].map((more) =>
    raised(
      `POST /os-security-group-default-rules${more}`,
      NO_GET,
      `${CONTRIB}/security_groups.py:266: body.get`,
    ),
  ),
  ...["", "/create"].map((more) =>
    raised(
      `POST /os-security-group-default-rules${more}`,
      /Network driver does not support this function/u,
      "nova/network/security_group/neutron_driver.py:535: of ports that int() takes",
    ),
  ),
  raised(
    "PUT /os-aggregates/1",
    /AttributeError: '\w+' object has no attribute 'keys'/u,
    `${CONTRIB}/aggregates.py:124: updates.keys()`,
  ),
  ...["add_host", "remove_host", "set_metadata"].map((action) =>
    raised(
      `POST /os-aggregates/1/action ${action}`,
      NO_ITEMS,
      `${CONTRIB}/aggregates.py:166: body.iteritems(), also where there is no body (wsgi.py:943)`,
    ),
  ),
  raised(
    "POST /os-snapshots",
    /KeyError: 'volume_id'/u,
    `${CONTRIB}/volumes.py: snapshot['volume_id']`,
  ),
  raised(
    "POST /os-keypairs",
    /ValueError: ordinal not in range\(128\)/u,
    "nova/crypto.py:138: f.write(public_key) of what is no ASCII",
  ),
  ...["POST /os-floating-ips-bulk", "PUT /os-floating-ips-bulk/delete"].map((at) =>
    raised(
      at,
      /ValueError: invalid IPNetwork/u,
      `${CONTRIB}/floating_ips_bulk.py (_address_to_hosts): two strokes are no AddrFormatError`,
    ),
  ),
  raised("POST /os-networks", NO_GET, `${CONTRIB}/os_networks.py:145: body.get`),
  raised(
    "POST /os-networks",
    /NotImplementedError/u,
    `${CONTRIB}/os_networks.py:173: network_api.create, which Neutron's has not`,
  ),
  raised("POST /os-networks/add", NO_GET, `${CONTRIB}/os_networks.py:188: body.get('id')`),
  raised("POST /os-networks/add", /VLAN support must be enabled/u, `${CONTRIB}/os_networks.py:199`),
  ...["associate_host", "disassociate"].map((action) =>
    raised(
      `POST /os-networks/{network}/action ${action}`,
      /not implemented by the configured Network API/iu,
      `${CONTRIB}/networks_associate.py and os_networks.py:111: HTTPNotImplemented`,
    ),
  ),
  raised("POST /os-tenant-networks", NO_GET, `${CONTRIB}/os_tenant_networks.py:165: network.get`),
  raised(
    "POST /os-tenant-networks",
    /KeyError: '(?:network|label)'/u,
    `${CONTRIB}/os_tenant_networks.py:162 and :167`,
  ),
  raised(
    "POST /os-tenant-networks",
    /Create networks failed/u,
    `${CONTRIB}/os_tenant_networks.py:196: HTTPServiceUnavailable`,
  ),
  raised("PUT /os-hosts/compute-1", NO_ITEMS, `${CONTRIB}/hosts.py:179: body.iteritems()`),
  raised("PUT /os-hosts/compute-1", NO_STRIP, `${CONTRIB}/hosts.py:169: orig_val.strip()`),
  raised(
    "PUT /os-hosts/compute-1",
    /Virt driver does not implement host (?:maintenance mode|disabled status)/u,
    `${CONTRIB}/hosts.py (_set_host_maintenance): HTTPNotImplemented`,
  ),
  ...["enable", "disable", "disable-log-reason"].map((verb) =>
    raised(
      `PUT /os-services/${verb}`,
      NOT_ADAPTED,
      "nova/db/sqlalchemy/api.py:490: filter_by(host=host) of what is no text",
    ),
  ),
  raised(
    "PUT /os-services/disable-log-reason",
    NO_STRIP,
    `${CONTRIB}/services.py:124: reason.strip()`,
  ),
  raised("PUT /os-quota-sets/{tenant}", TOO_LARGE, "nova/db/sqlalchemy/api.py:2933: hard_limit"),
  raised(
    "PUT /os-quota-class-sets/default",
    TOO_LARGE,
    "nova/db/sqlalchemy/api.py:3021: hard_limit",
  ),
  raised(
    "PUT /os-floating-ip-dns/example/entries/a",
    /NotImplementedError/u,
    "nova/network/neutronv2/api.py:1471: get_dns_entries_by_name",
  ),
  raised(
    "POST /os-server-external-events",
    NO_GET,
    `${CONTRIB}/server_external_events.py:79: body.get, also where there is no body (wsgi.py:943)`,
  ),
  raised(
    "POST /os-server-external-events",
    /ValueError: dictionary update sequence element/u,
    `${CONTRIB}/server_external_events.py:84: dict(_event)`,
  ),
  raised(
    "POST /os-server-external-events",
    /ValueError: (?:A string is required here|Field `\w+' cannot be None|ordinal not in range)/u,
    `${CONTRIB}/server_external_events.py:88: fields of an object (nova/objects/fields.py:165, :246)`,
  ),
  ...["POST /os-cells", "PUT /os-cells/c", "POST /os-cells/sync_instances"].map((at) =>
    raised(at, /Cells is not enabled/u, `${CONTRIB}/cells.py: HTTPNotImplemented`),
  ),
  raised("POST /os-baremetal-nodes", /KeyError: 'node'/u, `${CONTRIB}/baremetal_nodes.py:252`),
  raised(
    "POST /os-baremetal-nodes",
    NO_COPY,
    `${CONTRIB}/baremetal_nodes.py:252: body['node'].copy`,
  ),
  raised("POST /os-baremetal-nodes", TAKEN, BM_SAVE),
  raised("POST /os-baremetal-nodes/1/action add_interface", TAKEN, BM_SAVE),
  raised(
    "POST /os-baremetal-nodes/1/action add_interface",
    /KeyError: 'address'/u,
    `${CONTRIB}/baremetal_nodes.py:301: body['address']`,
  ),
  raised(
    "POST /os-certificates",
    /MessagingTimeout/u,
    `${CONTRIB}/certificates.py:74: nova-cert is called, which is not started here`,
  ),
  raised("POST /os-cloudpipe", NO_GET, `${CONTRIB}/cloudpipe.py:136: body.get, :137: params.get`),
  raised(
    "POST /os-cloudpipe",
    /ProcessExecutionError/u,
    "nova/crypto.py (generate_vpn_files): the project has no authority that could sign",
  ),
  raised(
    "PUT /os-cloudpipe/configure-project",
    /NoMoreNetworks/u,
    "nova/db/sqlalchemy/api.py:2588: none is left that the project could have",
  ),
];
