/**
 * The names of all options that Juno's services registered, by the project of their file and by
 * section: facts, made by `tools/juno-options.mjs` from nova, neutron, cinder, keystone, ceilometer, glance and trove
 * 2014.2, oslo.messaging 1.4.1, oslo.db 1.0.2, keystonemiddleware 1.2.0 and glance_store 0.1.8. Not what is
 * modelled; do not edit by hand.
 */

export const JUNO_OPTIONS: Readonly<Record<string, string>> = {
  nova: `
    [DEFAULT]
    action aggregate_image_properties_isolation_namespace
    aggregate_image_properties_isolation_separator allow_instance_snapshots
    allow_migrate_to_same_host allow_resize_to_same_host allow_same_net_traffic
    allowed_direct_url_schemes amqp_auto_delete amqp_durable_queues api_paste_config
    api_rate_limit auth_strategy auto_assign_floating_ip backdoor_port bandwidth_poll_interval
    baremetal_scheduler_default_filters bindir block_device_allocate_retries
    block_device_allocate_retries_interval boot_script_template buckets_path ca_file ca_path
    category cert cert_manager cert_topic cinder_api_insecure cinder_ca_certificates_file
    cinder_catalog_info cinder_cross_az_attach cinder_endpoint_template cinder_http_retries
    cinder_http_timeout cnt_vpn_clients compute_available_monitors compute_driver
    compute_manager compute_monitors compute_resources compute_stats_class compute_topic
    config_dir config_drive_format config_drive_skip_versions config_drive_tempdir config_file
    console_driver console_host console_manager console_public_hostname console_token_ttl
    console_topic console_vmrc_error_retries console_vmrc_port console_xvp_conf
    console_xvp_conf_template console_xvp_log console_xvp_multiplex_port console_xvp_pid
    consoleauth_manager consoleauth_topic control_exchange cpu_allocation_ratio
    create_unique_mac_address_attempts crl_file daemon db_backend db_driver dbapi_use_tpool
    debug default_access_ip_network_name default_availability_zone default_ephemeral_format
    default_flavor default_floating_pool default_log_levels default_notification_level
    default_publisher_id default_schedule_zone defer_iptables_apply dhcp_domain dhcp_lease_time
    dhcpbridge dhcpbridge_flagfile disable_process_locking disk_allocation_ratio dmz_cidr
    dmz_mask dmz_net dns_server dns_update_periodic_interval dnsmasq_config_file ec2_dmz_host
    ec2_host ec2_listen ec2_listen_port ec2_path ec2_port ec2_private_dns_show_ip ec2_scheme
    ec2_strict_validation ec2_timestamp_expiry ec2_workers enable_instance_password
    enable_network_quota enable_new_services enabled_apis enabled_ssl_apis fake_call
    fake_network fake_rabbit fatal_deprecations fatal_exception_format_errors firewall_driver
    fixed_ip_disassociate_timeout fixed_range_v6 flat_injected flat_interface
    flat_network_bridge flat_network_dns floating_ip_dns_manager force_config_drive
    force_dhcp_release force_raw_images force_snat_range forward_bridge_interface fping_path
    gateway gateway_v6 glance_api_insecure glance_api_servers glance_host glance_num_retries
    glance_port glance_protocol heal_instance_info_cache_interval host id
    image_cache_manager_interval image_cache_subdirectory_name image_decryption_dir
    injected_network_template instance_build_timeout instance_delete_interval
    instance_dns_domain instance_dns_manager instance_format instance_name_template
    instance_usage_audit instance_usage_audit_period instance_uuid_format instances_path
    internal_service_availability_zone iptables_bottom_regex iptables_drop_action
    iptables_top_regex ipv6_backend isolated_hosts isolated_images key key_file keys_path
    keystone_ec2_url kombu_reconnect_delay kombu_ssl_ca_certs kombu_ssl_certfile
    kombu_ssl_keyfile kombu_ssl_version l3_lib ldap_dns_base_dn ldap_dns_password
    ldap_dns_servers ldap_dns_soa_expiry ldap_dns_soa_hostmaster ldap_dns_soa_minimum
    ldap_dns_soa_refresh ldap_dns_soa_retry ldap_dns_url ldap_dns_user linuxnet_interface_driver
    linuxnet_ovs_integration_bridge live_migration_retry_count lock_path lockout_attempts
    lockout_minutes lockout_window log_config log_config_append log_date_format log_dir log_file
    log_format logdir logfile logging_context_format_string logging_debug_format_suffix
    logging_default_format_string logging_exception_prefix matchmaker_heartbeat_freq
    matchmaker_heartbeat_ttl matchmaker_ringfile max_age max_header_line max_instances_per_host
    max_io_ops_per_host max_local_block_devices maximum_instance_delete_attempts
    memcached_servers metadata_host metadata_listen metadata_listen_port metadata_manager
    metadata_port metadata_workers migrate_max_retries mkisofs_cmd monkey_patch
    monkey_patch_modules mountpoint multi_host multi_instance_display_name_template my_ip
    network_allocate_retries network_api_class network_device_mtu network_driver network_manager
    network_size network_topic networks_path neutron_admin_auth_url neutron_admin_password
    neutron_admin_tenant_id neutron_admin_tenant_name neutron_admin_username
    neutron_api_insecure neutron_auth_strategy neutron_ca_certificates_file
    neutron_default_tenant_id neutron_extension_sync_interval
    neutron_metadata_proxy_shared_secret neutron_ovs_bridge neutron_region_name neutron_url
    neutron_url_timeout non_inheritable_image_properties notification_driver notification_topics
    notify_api_faults notify_on_state_change novncproxy_base_url novncproxy_host novncproxy_port
    null_kernel num_networks os_region_name osapi_compute_ext_list osapi_compute_extension
    osapi_compute_link_prefix osapi_compute_listen osapi_compute_listen_port
    osapi_compute_unique_server_name_scope osapi_compute_workers osapi_glance_link_prefix
    osapi_hide_server_address_states osapi_max_limit osapi_max_request_body_size
    ovs_vsctl_timeout password_length pci_alias pci_passthrough_whitelist periodic_enable
    periodic_fuzzy_delay policy_default_rule policy_file preallocate_images project_cert_subject
    public_interface publish_errors pybasedir qpid_heartbeat qpid_hostname qpid_hosts
    qpid_password qpid_port qpid_protocol qpid_receiver_capacity qpid_sasl_mechanisms
    qpid_tcp_nodelay qpid_topology_version qpid_username quota_cores quota_driver
    quota_fixed_ips quota_floating_ips quota_injected_file_content_bytes
    quota_injected_file_path_bytes quota_injected_file_path_length quota_injected_files
    quota_instances quota_key_pairs quota_metadata_items quota_networks quota_ram
    quota_security_group_rules quota_security_groups quota_server_group_members
    quota_server_groups rabbit_durable_queues rabbit_ha_queues rabbit_host rabbit_hosts
    rabbit_login_method rabbit_max_retries rabbit_password rabbit_port rabbit_retry_backoff
    rabbit_retry_interval rabbit_use_ssl rabbit_userid rabbit_virtual_host ram_allocation_ratio
    ram_weight_multiplier reboot_timeout reclaim_instance_interval record region_list
    remove_unused_base_images remove_unused_original_minimum_age_seconds report_interval
    rescue_timeout reservation_expire reserved_host_disk_mb reserved_host_memory_mb
    resize_confirm_window resize_fs_using_block_device
    restrict_isolated_hosts_to_isolated_images resume_guests_state_on_host_boot rootwrap_config
    routing_notifier_config routing_source_ip rpc_backend rpc_cast_timeout rpc_conn_pool_size
    rpc_response_timeout rpc_thread_pool_size rpc_zmq_bind_address rpc_zmq_contexts rpc_zmq_host
    rpc_zmq_ipc_dir rpc_zmq_matchmaker rpc_zmq_port rpc_zmq_topic_backlog
    run_external_periodic_tasks running_deleted_instance_action
    running_deleted_instance_poll_interval running_deleted_instance_timeout s3_access_key
    s3_affix_tenant s3_host s3_listen s3_listen_port s3_port s3_secret_key s3_use_ssl
    scheduler_available_filters scheduler_default_filters scheduler_driver
    scheduler_driver_task_period scheduler_host_manager scheduler_host_subset_size
    scheduler_json_config_location scheduler_manager scheduler_max_attempts scheduler_topic
    scheduler_use_baremetal_filters scheduler_weight_classes security_group_api send_arp_for_ha
    send_arp_for_ha_count service_down_time service_neutron_metadata_proxy servicegroup_driver
    share_dhcp_address shelved_offload_time shelved_poll_interval shutdown_timeout
    snapshot_name_template source_is_ipv6 spicehtml5proxy_host spicehtml5proxy_port
    sql_connection sql_connection_debug sql_connection_trace sql_idle_timeout sql_max_overflow
    sql_max_pool_size sql_max_retries sql_min_pool_size sql_retry_interval sqlite_clean_db
    sqlite_db sqlite_synchronous ssl_ca_file ssl_cert_file ssl_key_file ssl_only state_path
    stub_compute sync_power_state_interval syslog_log_facility tcp_keepidle
    teardown_unused_network_gateway tempdir timeout_nbd transport_url until_refresh
    update_dns_entries use_cow_images use_forwarded_for use_ipv6 use_network_dns_servers
    use_neutron_default_nets use_project_ca use_single_default_gateway use_stderr use_syslog
    use_syslog_rfc_format user_cert_subject vcpu_pin_set vendordata_driver
    vendordata_jsonfile_path verbose vif_plugging_is_fatal vif_plugging_timeout virt_mkfs
    vlan_interface vlan_start vnc_enabled vnc_keymap vncserver_listen
    vncserver_proxyclient_address volume_api_class volume_usage_poll_interval vpn_flavor
    vpn_image_id vpn_ip vpn_key_suffix vpn_start web wsgi_default_pool_size wsgi_log_format
    xvpvncproxy_base_url xvpvncproxy_host xvpvncproxy_port
    [amqp1]
    allow_insecure_clients broadcast_prefix container_name group_request_prefix idle_timeout
    server_request_prefix ssl_ca_file ssl_cert_file ssl_key_file ssl_key_password trace
    [baremetal]
    db_backend deploy_kernel deploy_ramdisk driver flavor_extra_specs ipmi_power_retry
    iscsi_iqn_prefix net_config_template power_manager pxe_append_params pxe_bootfile_name
    pxe_config_template pxe_deploy_timeout pxe_network_config sql_connection terminal
    terminal_cert_dir terminal_pid_dir tftp_root tile_pdu_ip tile_pdu_mgr tile_pdu_off
    tile_pdu_on tile_pdu_status tile_power_wait use_file_injection use_unsafe_iscsi vif_driver
    virtual_power_host_key virtual_power_host_pass virtual_power_host_user
    virtual_power_ssh_host virtual_power_ssh_port virtual_power_type volume_driver
    [cells]
    bandwidth_update_interval call_timeout capabilities cell_type cells_config db_check_interval
    driver enable instance_update_num_instances instance_updated_at_threshold manager
    max_hop_count mute_child_interval mute_weight_multiplier mute_weight_value name
    offset_weight_multiplier ram_weight_multiplier reserve_percent rpc_driver_queue_base
    scheduler scheduler_filter_classes scheduler_retries scheduler_retry_delay
    scheduler_weight_classes topic
    [cinder]
    api_insecure ca_certificates_file catalog_info cross_az_attach endpoint_template
    http_retries http_timeout os_region_name
    [conductor]
    manager topic use_local workers
    [database]
    backend connection connection_debug connection_trace db_inc_retry_interval db_max_retries
    db_max_retry_interval db_retry_interval idle_timeout max_overflow max_pool_size max_retries
    min_pool_size mysql_sql_mode pool_timeout reconnect_interval retry_interval slave_connection
    sql_connection sql_idle_timeout sql_max_pool_size sql_max_retries sql_min_pool_size
    sqlalchemy_max_overflow sqlalchemy_pool_timeout sqlite_db sqlite_synchronous
    use_db_reconnect use_tpool
    [ephemeral_storage_encryption]
    cipher enabled key_size
    [glance]
    allowed_direct_url_schemes api_insecure api_servers host num_retries port protocol
    [hyperv]
    config_drive_cdrom config_drive_inject_password dynamic_memory_ratio
    enable_instance_metrics_collection force_hyperv_utils_v1 force_volumeutils_v1
    instances_path_share limit_cpu_features mounted_disk_query_retry_count
    mounted_disk_query_retry_interval qemu_img_cmd volume_attach_retry_count
    volume_attach_retry_interval vswitch_name wait_soft_reboot_seconds
    [image_file_url]
    filesystems
    [ironic]
    admin_auth_token admin_password admin_tenant_name admin_url admin_username api_endpoint
    api_max_retries api_retry_interval api_version client_log_level
    [keymgr]
    api_class fixed_key
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [libvirt]
    block_migration_flag checksum_base_images checksum_interval_seconds connection_uri cpu_mode
    cpu_model disk_cachemodes disk_prefix gid_maps glusterfs_mount_point_base hw_disk_discard
    hw_machine_type image_info_filename_pattern images_rbd_ceph_conf images_rbd_pool images_type
    images_volume_group inject_key inject_partition inject_password iscsi_use_multipath
    iser_use_multipath live_migration_bandwidth live_migration_flag live_migration_uri
    mem_stats_period_seconds nfs_mount_options nfs_mount_point_base num_aoe_discover_tries
    num_iscsi_scan_tries num_iser_scan_tries qemu_allowed_storage_drivers rbd_secret_uuid
    rbd_user remove_unused_kernels remove_unused_resized_minimum_age_seconds rescue_image_id
    rescue_kernel_id rescue_ramdisk_id rng_dev_path scality_sofs_config scality_sofs_mount_point
    snapshot_compression snapshot_image_format snapshots_directory sparse_logical_volumes
    sysinfo_serial uid_maps use_usb_tablet use_virtio_for_bridges virt_type volume_clear
    volume_clear_size volume_drivers wait_soft_reboot_seconds xen_hvmloader_path
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [metrics]
    required weight_multiplier weight_of_unavailable weight_setting
    [neutron]
    admin_auth_url admin_password admin_tenant_id admin_tenant_name admin_user_id admin_username
    allow_duplicate_networks api_insecure auth_strategy ca_certificates_file
    extension_sync_interval metadata_proxy_shared_secret ovs_bridge region_name
    service_metadata_proxy url url_timeout
    [osapi_v3]
    enabled extensions_blacklist extensions_whitelist
    [rdp]
    enabled html5_proxy_base_url
    [remote_debug]
    host port
    [rpc_notifier2]
    topics
    [serial_console]
    base_url enabled listen port_range proxyclient_address serialproxy_host serialproxy_port
    [spice]
    agent_enabled enabled html5proxy_base_url html5proxy_host html5proxy_port keymap
    server_listen server_proxyclient_address
    [sql]
    connection idle_timeout
    [ssl]
    ca_file cert_file key_file
    [trusted_computing]
    attestation_api_url attestation_auth_blob attestation_auth_timeout attestation_insecure_ssl
    attestation_port attestation_server attestation_server_ca_file
    [upgrade_levels]
    baseapi cells cert compute conductor console consoleauth intercell network scheduler
    [vmware]
    api_retry_count cluster_name datastore_regex host_ip host_password host_port host_username
    integration_bridge maximum_objects task_poll_interval use_linked_clone vlan_interface
    vnc_port vnc_port_total wsdl_location
    [xenserver]
    agent_path agent_resetnetwork_timeout agent_timeout agent_version_timeout
    block_device_creation_timeout cache_images check_host connection_concurrent
    connection_password connection_url connection_username default_os_type disable_agent
    image_compression_level image_upload_handler introduce_vdi_retry_wait ipxe_boot_menu_url
    ipxe_mkisofs_cmd ipxe_network_name iqn_prefix login_timeout max_kernel_ramdisk_size
    num_vbd_unplug_retries ovs_integration_bridge remap_vbd_dev remap_vbd_dev_prefix
    running_timeout sparse_copy sr_base_path sr_matching_filter target_host target_port
    torrent_base_url torrent_download_stall_cutoff torrent_images torrent_listen_port_end
    torrent_listen_port_start torrent_max_last_accessed torrent_max_seeder_processes_per_host
    torrent_seed_chance torrent_seed_duration use_agent_default use_join_force
    vhd_coalesce_max_attempts vhd_coalesce_poll_interval vif_driver
    [zookeeper]
    address recv_timeout sg_prefix sg_retry_interval
  `,
  neutron: `
    [DEFAULT]
    admin_password admin_tenant_name admin_user agent_down_time agent_mode
    allow_automatic_l3agent_failover allow_bulk allow_overlapping_ips allow_pagination
    allow_sorting amqp_auto_delete amqp_durable_queues api_extensions_path api_paste_config
    api_workers apic_system_id auth_ca_cert auth_insecure auth_region auth_strategy auth_url
    backdoor_port backlog base_mac bind_host bind_port cache_url check_child_processes
    check_child_processes_action check_child_processes_interval command config_dir config_file
    control_exchange core_plugin daemonize db_backend dbapi_use_tpool debug
    default_interface_name default_l2_gw_service_uuid default_l3_gw_service_uuid
    default_log_levels default_service_cluster_uuid default_tz_uuid device_driver
    dhcp_agent_notification dhcp_agents_per_network dhcp_confs dhcp_delete_namespaces
    dhcp_domain dhcp_driver dhcp_lease_duration dhcp_lease_time director director_port
    disable_process_locking dnsmasq_config_file dnsmasq_dns_server dnsmasq_dns_servers
    dnsmasq_lease_max driver dvr_base_mac enable_isolated_metadata enable_metadata_network
    enable_metadata_proxy endpoint_type external_network_bridge external_pids fake_rabbit
    fatal_deprecations force force_gateway_on_subnet gateway_external_network_id ha_confs_path
    ha_vrrp_advert_int ha_vrrp_auth_password ha_vrrp_auth_type handle_internal_only_routers host
    http_timeout instance_format instance_uuid_format interface_driver ip_lib_force_root
    kombu_reconnect_delay kombu_ssl_ca_certs kombu_ssl_certfile kombu_ssl_keyfile
    kombu_ssl_version l3_ha l3_ha_net_cidr loadbalancer_pool_scheduler_driver
    loadbalancer_state_path lock_path log_config log_config_append log_date_format log_dir
    log_file log_format logdir logfile logging_context_format_string logging_debug_format_suffix
    logging_default_format_string logging_exception_prefix mac_generation_retries
    matchmaker_heartbeat_freq matchmaker_heartbeat_ttl matchmaker_ringfile
    max_allowed_address_pair max_dns_nameservers max_fixed_ips_per_port max_header_line
    max_l3_agents_per_router max_request_body_size max_routes max_subnet_host_routes
    measure_interval memcached_servers meta_flavor_driver_mappings metadata_backlog
    metadata_port metadata_proxy_shared_secret metadata_proxy_socket metadata_workers
    min_l3_agents_per_router network_auto_schedule network_device_mtu network_id
    network_scheduler_driver notification_driver notification_topics
    notify_nova_on_port_data_changes notify_nova_on_port_status_changes nova_admin_auth_url
    nova_admin_password nova_admin_tenant_id nova_admin_username nova_api_insecure
    nova_ca_certificates_file nova_client_cert nova_client_priv_key nova_metadata_insecure
    nova_metadata_ip nova_metadata_port nova_metadata_protocol nova_region_name nova_url
    nsx_controllers nsx_password nsx_user num_sync_threads nvp_controllers nvp_password nvp_user
    osapi_max_request_body_size ovs_all_ports ovs_integration_bridge ovs_use_veth
    ovs_vsctl_timeout pagination_max_limit password periodic_fuzzy_delay periodic_interval
    pid_file policy_file publish_errors qpid_heartbeat qpid_hostname qpid_hosts qpid_password
    qpid_port qpid_protocol qpid_receiver_capacity qpid_sasl_mechanisms qpid_tcp_nodelay
    qpid_topology_version qpid_username ra_confs rabbit_durable_queues rabbit_ha_queues
    rabbit_host rabbit_hosts rabbit_login_method rabbit_max_retries rabbit_password rabbit_port
    rabbit_retry_backoff rabbit_retry_interval rabbit_use_ssl rabbit_userid rabbit_virtual_host
    redirects report_interval resync_interval retries retry_until_window root_helper
    router_auto_schedule router_delete_namespaces router_distributed router_id
    router_scheduler_driver routing_notifier_config routing_svc_helper_class rpc_backend
    rpc_cast_timeout rpc_conn_pool_size rpc_loop_interval rpc_response_timeout
    rpc_thread_pool_size rpc_workers rpc_zmq_bind_address rpc_zmq_contexts rpc_zmq_host
    rpc_zmq_ipc_dir rpc_zmq_matchmaker rpc_zmq_port rpc_zmq_topic_backlog
    run_external_periodic_tasks send_arp_for_ha send_events_interval send_gratuitous_arp
    service_plugins sql_connection sql_connection_debug sql_connection_trace sql_idle_timeout
    sql_max_overflow sql_max_pool_size sql_max_retries sql_min_pool_size sql_retry_interval
    sqlite_db sqlite_synchronous ssl_ca_file ssl_cert_file ssl_key_file state_path
    syslog_log_facility tcp_keepidle transport_url use_namespaces use_ssl use_stderr use_syslog
    use_syslog_rfc_format user_group username verbose vif_types
    [agent]
    arp_responder dont_fragment enable_distributed_routing enable_metrics_collection
    get_datapath_retry_times integration_bridge l2_population local_network_vswitch
    metrics_max_retries minimize_polling ovsdb_monitor_respawn_interval
    physical_interface_mappings physical_network_vswitch_mappings polling_interval
    report_interval root_helper rpc_support_old_agents tunnel_types veth_mtu vxlan_udp_port
    [amqp1]
    allow_insecure_clients broadcast_prefix container_name group_request_prefix idle_timeout
    server_request_prefix ssl_ca_file ssl_cert_file ssl_key_file ssl_key_password trace
    [cfg_agent]
    device_connection_timeout hosting_device_dead_timeout routing_svc_helper_class
    rpc_loop_interval
    [cisco]
    model_class nexus_l3_enable provider_vlan_auto_create provider_vlan_auto_trunk
    provider_vlan_name_prefix svi_round_robin vlan_name_prefix
    [cisco_csr_ipsec]
    status_check_interval
    [cisco_n1k]
    bridge_mappings default_network_profile default_policy_profile enable_tunneling
    http_pool_size http_timeout integration_bridge local_ip network_node_policy_profile
    network_vlan_ranges poll_duration restrict_policy_profiles tenant_network_type tunnel_bridge
    vxlan_id_ranges
    [contrail]
    api_server_ip api_server_port
    [database]
    backend connection connection_debug connection_trace db_inc_retry_interval db_max_retries
    db_max_retry_interval db_retry_interval engine idle_timeout max_overflow max_pool_size
    max_retries min_pool_size mysql_sql_mode pool_timeout reconnect_interval retry_interval
    slave_connection sql_connection sql_idle_timeout sql_max_pool_size sql_max_retries
    sql_min_pool_size sqlalchemy_max_overflow sqlalchemy_pool_timeout sqlite_db
    sqlite_synchronous use_db_reconnect use_tpool
    [eswitch]
    backoff_rate daemon_endpoint physical_interface_mappings request_timeout retries vnic_type
    [fwaas]
    driver enabled
    [general]
    backlog_processing_interval cfg_agent_down_time default_security_group ensure_nova_running
    l3_admin_tenant management_network service_vm_config_path templates_path
    [haproxy]
    loadbalancer_state_path send_gratuitous_arp user_group
    [heleos]
    admin_password admin_username async_requests dummy_utif_id esm_mgmt inband_id mgmt_id oob_id
    resource_pool_id router_image
    [heleoslb]
    admin_password admin_username async_requests dummy_utif_id esm_mgmt inband_id lb_flavor
    lb_image mgmt_id oob_id resource_pool_id sync_interval
    [hosting_devices]
    csr1kv_booting_time csr1kv_cfgagent_router_driver csr1kv_configdrive_template
    csr1kv_device_driver csr1kv_flavor csr1kv_image csr1kv_password csr1kv_plugging_driver
    csr1kv_username
    [hyperv]
    force_hyperv_utils_v1 network_vlan_ranges tenant_network_type
    [ipsec]
    config_base_dir ipsec_status_check_interval
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [l2pop]
    agent_boot_time
    [l3_arista]
    l3_sync_interval mlag_config primary_l3_host primary_l3_host_password
    primary_l3_host_username secondary_l3_host use_vrf
    [linux_bridge]
    physical_interface_mappings
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [meta]
    default_flavor default_l3_flavor extension_map l3_plugin_list plugin_list rpc_flavor
    supported_extension_aliases
    [midonet]
    midonet_host_uuid_path midonet_uri mode password project_id provider_router_id username
    [ml2]
    extension_drivers mechanism_drivers tenant_network_types type_drivers
    [ml2_arista]
    eapi_host eapi_password eapi_username region_name sync_interval use_fqdn
    [ml2_brocade]
    address ostype osversion password physical_networks rbridge_id username
    [ml2_cisco]
    managed_physical_network svi_round_robin vlan_name_prefix
    [ml2_cisco_apic]
    apic_agent_poll_interval apic_agent_report_interval apic_app_profile_name apic_domain_name
    apic_entity_profile apic_function_profile apic_host_uplink_ports apic_hosts
    apic_lacp_profile apic_name_mapping apic_node_profile apic_password apic_sync_interval
    apic_use_ssl apic_username apic_vlan_ns_name apic_vlan_range apic_vpc_pairs root_helper
    [ml2_fslsdn]
    crd_api_insecure crd_auth_strategy crd_auth_url crd_ca_certificates_file crd_password
    crd_region_name crd_tenant_name crd_url crd_url_timeout crd_user_name
    [ml2_ncs]
    password timeout url username
    [ml2_odl]
    password session_timeout timeout url username
    [ml2_sriov]
    agent_required supported_pci_vendor_devs
    [ml2_type_flat]
    flat_networks
    [ml2_type_gre]
    tunnel_id_ranges
    [ml2_type_vlan]
    network_vlan_ranges
    [ml2_type_vxlan]
    vni_ranges vxlan_group
    [mlnx]
    network_vlan_ranges physical_network_type physical_network_type_mappings tenant_network_type
    [n1kv]
    management_port_profile t1_network_profile t1_port_profile t2_network_profile
    t2_port_profile
    [netscaler_driver]
    netscaler_ncc_password netscaler_ncc_uri netscaler_ncc_username
    [nova]
    vif_type
    [nsx]
    agent_mode concurrent_connections default_transport_type max_lp_per_bridged_ls
    max_lp_per_overlay_ls metadata_mode nsx_gen_timeout replication_mode
    [nsx_dhcp]
    default_lease_time domain_name extra_domain_name_servers
    [nsx_lsn]
    sync_on_missing_data
    [nsx_metadata]
    metadata_server_address metadata_server_port metadata_shared_secret
    [nsx_sync]
    always_read_status max_random_sync_delay min_chunk_size min_sync_req_delay
    state_sync_interval
    [nvp]
    agent_mode concurrent_connections default_transport_type max_lp_per_bridged_ls
    max_lp_per_overlay_ls metadata_mode nvp_gen_timeout
    [nvp_dhcp]
    default_lease_time domain_name extra_domain_name_servers
    [nvp_metadata]
    metadata_server_address metadata_server_port metadata_shared_secret
    [nvp_sync]
    always_read_status max_random_sync_delay min_chunk_size min_sync_req_delay
    state_sync_interval
    [nvsd]
    nvsd_ip nvsd_passwd nvsd_port nvsd_retries nvsd_user request_timeout
    [ofc]
    api_max_attempts cert_file driver enable_packet_filter host insecure_ssl key_file
    path_prefix port use_ssl
    [openswan]
    ipsec_config_template ipsec_secret_template
    [ovs]
    bridge_mappings enable_tunneling int_peer_patch_port integration_bridge local_ip
    network_vlan_ranges openflow_rest_api ovsdb_interface ovsdb_ip ovsdb_port
    tenant_network_type tun_peer_patch_port tunnel_bridge tunnel_id_ranges tunnel_interface
    tunnel_ip tunnel_key_max tunnel_key_min tunnel_type use_veth_interconnection
    [physical_interface]
    physical_interface
    [plumgriddirector]
    director_server director_server_port driver password servertimeout username
    [provider]
    default_router_provider router_providers
    [proxy]
    admin_password admin_tenant_name admin_user auth_region auth_strategy auth_url
    [quotas]
    default_quota quota_driver quota_firewall quota_firewall_policy quota_firewall_rule
    quota_floatingip quota_health_monitor quota_items quota_member quota_network
    quota_network_gateway quota_packet_filter quota_pool quota_port quota_router
    quota_security_group quota_security_group_rule quota_subnet quota_vip
    [radware]
    actions_to_skip ha_secondary_address l2_l3_ctor_params l2_l3_setup_params
    l2_l3_workflow_name l4_action_name l4_workflow_name service_adc_type service_adc_version
    service_cache service_compression_throughput service_ha_pair service_isl_vlan
    service_resource_pool_ids service_session_mirroring_enabled service_ssl_throughput
    service_throughput vdirect_address vdirect_password vdirect_user
    [restproxy]
    add_meta_server_route auth_resource auto_sync_on_failure base_uri cache_connections
    consistency_interval default_floatingip_quota default_net_partition_name neutron_id
    no_ssl_validation organization quantum_id server server_auth server_ssl server_timeout
    serverauth servers serverssl ssl_cert_directory ssl_sticky sync_data thread_pool_size
    [restproxyagent]
    integration_bridge polling_interval virtual_switch_type
    [router]
    max_router_rules tenant_default_router_rule
    [rpc_notifier2]
    topics
    [sdnve]
    base_url controller_ips default_tenant_type format info integration_bridge
    interface_mappings of_signature out_of_band overlay_signature password port reset_bridge
    use_fake_controller userid
    [sdnve_agent]
    polling_interval root_helper rpc
    [securitygroup]
    enable_ipset enable_security_group firewall_driver
    [service_providers]
    service_provider
    [sql]
    connection idle_timeout
    [sriov_nic]
    exclude_devices physical_device_mappings
    [ssl]
    ca_file cert_file key_file
    [switch]
    address ostype password username
    [syncmanager]
    enable_sync sync_interval
    [varmour]
    director director_port password username
    [vcns]
    datacenter_moid datastore_id deployment_container_id external_network manager_uri password
    resource_pool_id task_status_check_interval user
    [vlans]
    network_vlan_ranges tenant_network_type
    [vpnagent]
    vpn_device_driver
    [vxlan]
    enable_vxlan l2_population local_ip tos ttl vxlan_group
  `,
  cinder: `
    [DEFAULT]
    allocated_capacity_weight_multiplier allowed_direct_url_schemes amqp_auto_delete
    amqp_durable_queues api_paste_config api_rate_limit auth_strategy available_devices
    az_cache_duration backdoor_port backup_api_class backup_ceph_chunk_size backup_ceph_conf
    backup_ceph_pool backup_ceph_stripe_count backup_ceph_stripe_unit backup_ceph_user
    backup_compression_algorithm backup_driver backup_manager backup_metadata_version
    backup_name_template backup_service backup_swift_auth backup_swift_auth_version
    backup_swift_container backup_swift_key backup_swift_object_size backup_swift_retry_attempts
    backup_swift_retry_backoff backup_swift_tenant backup_swift_url backup_swift_user
    backup_topic backup_tsm_compression backup_tsm_password backup_tsm_volume_prefix
    capacity_weight_multiplier cinder_emc_config_file cinder_huawei_conf_file
    cinder_smis_config_file cloned_volume_same_az compute_api_class config_dir config_file
    consistencygroup_api_class control_exchange coraid_esm_address coraid_group coraid_password
    coraid_repository_key coraid_user datera_api_port datera_api_token datera_api_version
    datera_num_replicas db_backend db_driver dbapi_use_tpool debug default_availability_zone
    default_log_levels default_timeout default_volume_type destroy_empty_storage_group
    disable_process_locking dpl_pool dpl_port driver_client_cert driver_client_cert_key
    enable_new_services enable_v1_api enable_v2_api enabled_backends eqlx_chap_login
    eqlx_chap_password eqlx_cli_max_retries eqlx_cli_timeout eqlx_group_name eqlx_pool
    eqlx_use_chap expiry_thres_minutes extra_capabilities fake_rabbit fatal_deprecations
    fatal_exception_format_errors fusionio_iocontrol_retry fusionio_iocontrol_targetdelay
    fusionio_iocontrol_verify_cert glance_api_insecure glance_api_servers
    glance_api_ssl_compression glance_api_version glance_ca_certificates_file
    glance_core_properties glance_host glance_num_retries glance_port glance_request_timeout
    glusterfs_mount_point_base glusterfs_qcow2_volumes glusterfs_shares_config
    glusterfs_sparsed_volumes gpfs_images_dir gpfs_images_share_mode gpfs_max_clone_depth
    gpfs_mount_point_base gpfs_sparse_volumes gpfs_storage_pool hds_cinder_config_file
    hds_hnas_iscsi_config_file hds_hnas_nfs_config_file hitachi_add_chap_user
    hitachi_async_copy_check_interval hitachi_auth_method hitachi_auth_password
    hitachi_auth_user hitachi_copy_check_interval hitachi_copy_speed hitachi_default_copy_method
    hitachi_group_range hitachi_group_request hitachi_horcm_add_conf hitachi_horcm_numbers
    hitachi_horcm_password hitachi_horcm_user hitachi_ldev_range hitachi_pool_id
    hitachi_serial_number hitachi_target_ports hitachi_thin_pool_id hitachi_unit_name
    hitachi_zoning_request host hp3par_api_url hp3par_cpg hp3par_cpg_snap hp3par_debug
    hp3par_iscsi_chap_enabled hp3par_iscsi_ips hp3par_password hp3par_snapshot_expiration
    hp3par_snapshot_retention hp3par_username hplefthand_api_url hplefthand_clustername
    hplefthand_debug hplefthand_iscsi_chap_enabled hplefthand_password hplefthand_username
    ibmnas_platform_type iet_conf image_conversion_dir initiator_auto_registration
    instance_format instance_uuid_format iscsi_helper iscsi_initiators iscsi_iotype
    iscsi_ip_address iscsi_num_targets iscsi_port iscsi_target_prefix iscsi_write_cache
    iser_helper iser_ip_address iser_num_targets iser_port iser_target_prefix
    kombu_reconnect_delay kombu_ssl_ca_certs kombu_ssl_certfile kombu_ssl_keyfile
    kombu_ssl_version lio_initiator_iqns lock_path log_config log_config_append log_date_format
    log_dir log_file log_format logdir logfile logging_context_format_string
    logging_debug_format_suffix logging_default_format_string logging_exception_prefix
    lvm_mirrors lvm_type matchmaker_heartbeat_freq matchmaker_heartbeat_ttl matchmaker_ringfile
    max_age max_gigabytes max_header_line max_luns_per_storage_group memcached_servers
    migration_create_volume_timeout_secs monkey_patch monkey_patch_modules msa_vdisk my_ip
    nas_ip nas_login nas_password nas_private_key nas_ssh_port naviseccli_path
    netapp_controller_ips netapp_copyoffload_tool_path netapp_login netapp_password
    netapp_sa_password netapp_server_hostname netapp_server_port netapp_size_multiplier
    netapp_storage_family netapp_storage_pools netapp_storage_protocol netapp_transport_type
    netapp_vfiler netapp_volume_list netapp_vserver netapp_webservice_path nexenta_blocksize
    nexenta_host nexenta_iscsi_target_portal_port nexenta_mount_point_base
    nexenta_nms_cache_volroot nexenta_password nexenta_rest_port nexenta_rest_protocol
    nexenta_rrmgr_compression nexenta_rrmgr_connections nexenta_rrmgr_tcp_buf_size
    nexenta_shares_config nexenta_sparse nexenta_sparsed_volumes nexenta_target_group_prefix
    nexenta_target_prefix nexenta_user nexenta_volume nexenta_volume_compression
    nfs_mount_options nfs_mount_point_base nfs_oversub_ratio nfs_shares_config
    nfs_sparsed_volumes nfs_used_ratio nimble_pool_name nimble_subnet_label no_snapshot_gb_quota
    notification_driver notification_topics nova_api_insecure nova_ca_certificates_file
    nova_catalog_admin_info nova_catalog_info nova_endpoint_admin_template
    nova_endpoint_template num_iscsi_scan_tries num_iser_scan_tries num_shell_tries
    num_volume_device_scan_tries os_region_name osapi_compute_link_prefix osapi_max_limit
    osapi_max_request_body_size osapi_volume_base_URL osapi_volume_ext_list
    osapi_volume_extension osapi_volume_listen osapi_volume_listen_port osapi_volume_workers
    periodic_fuzzy_delay periodic_interval policy_default_rule policy_file publish_errors
    pure_api_token pybasedir qpid_heartbeat qpid_hostname qpid_hosts qpid_password qpid_port
    qpid_protocol qpid_receiver_capacity qpid_sasl_mechanisms qpid_tcp_nodelay
    qpid_topology_version qpid_username quota_backup_gigabytes quota_backups
    quota_consistencygroups quota_driver quota_gigabytes quota_snapshots quota_volumes
    rabbit_durable_queues rabbit_ha_queues rabbit_host rabbit_hosts rabbit_login_method
    rabbit_max_retries rabbit_password rabbit_port rabbit_retry_backoff rabbit_retry_interval
    rabbit_use_ssl rabbit_userid rabbit_virtual_host rados_connect_timeout rbd_ceph_conf
    rbd_flatten_volume_from_snapshot rbd_max_clone_depth rbd_pool rbd_secret_uuid
    rbd_store_chunk_size rbd_user replication_api_class report_interval reservation_expire
    reserved_percentage restore_discard_excess_bytes rootwrap_config routing_notifier_config
    rpc_backend rpc_cast_timeout rpc_conn_pool_size rpc_response_timeout rpc_thread_pool_size
    rpc_zmq_bind_address rpc_zmq_contexts rpc_zmq_host rpc_zmq_ipc_dir rpc_zmq_matchmaker
    rpc_zmq_port rpc_zmq_topic_backlog run_external_periodic_tasks san_clustername san_ip
    san_is_local san_login san_password san_private_key san_secondary_ip san_ssh_port
    san_thin_provision san_zfs_volume_base scality_sofs_config scality_sofs_mount_point
    scality_sofs_volume_dir scheduler_default_filters scheduler_default_weighers
    scheduler_driver scheduler_host_manager scheduler_json_config_location scheduler_manager
    scheduler_max_attempts scheduler_topic service_down_time sf_account_prefix
    sf_allow_tenant_qos sf_api_port sf_emulate_512 smbfs_default_volume_format
    smbfs_mount_options smbfs_mount_point_base smbfs_oversub_ratio smbfs_shares_config
    smbfs_sparsed_volumes smbfs_used_ratio snapshot_name_template snapshot_same_host
    sql_connection sql_connection_debug sql_connection_trace sql_idle_timeout sql_max_overflow
    sql_max_pool_size sql_max_retries sql_min_pool_size sql_retry_interval sqlite_clean_db
    sqlite_db sqlite_synchronous ssh_conn_timeout ssh_hosts_key_file ssh_max_pool_conn
    ssh_min_pool_conn ssl_ca_file ssl_cert_file ssl_key_file state_path
    storage_availability_zone storage_vnx_authentication_type storage_vnx_pool_name
    storage_vnx_security_file_dir storwize_svc_allow_tenant_qos storwize_svc_connection_protocol
    storwize_svc_flashcopy_timeout storwize_svc_iscsi_chap_enabled
    storwize_svc_multihostmap_enabled storwize_svc_multipath_enabled
    storwize_svc_npiv_compatibility_mode storwize_svc_stretched_cluster_partner
    storwize_svc_vol_autoexpand storwize_svc_vol_compression storwize_svc_vol_easytier
    storwize_svc_vol_grainsize storwize_svc_vol_iogrp storwize_svc_vol_rsize
    storwize_svc_vol_warning storwize_svc_volpool_name strict_ssh_host_key_policy
    swift_catalog_info syslog_log_facility tcp_keepalive tcp_keepalive_count
    tcp_keepalive_interval tcp_keepidle thres_avl_size_perc_start thres_avl_size_perc_stop
    transfer_api_class transport_url until_refresh use_default_quota_class use_forwarded_for
    use_multipath_for_image_xfer use_stderr use_syslog use_syslog_rfc_format verbose
    vmware_api_retry_count vmware_host_ip vmware_host_password vmware_host_username
    vmware_host_version vmware_image_transfer_timeout_secs vmware_max_objects_retrieval
    vmware_task_poll_interval vmware_tmp_dir vmware_volume_folder vmware_wsdl_location
    volume_api_class volume_backend_name volume_clear volume_clear_ionice volume_clear_size
    volume_copy_blkio_cgroup_name volume_copy_bps_limit volume_dd_blocksize volume_driver
    volume_group volume_manager volume_name_template volume_number_multiplier
    volume_service_inithost_offload volume_tmp_dir volume_topic volume_transfer_key_length
    volume_transfer_salt_length volume_usage_audit_period volumes_dir windows_iscsi_lun_path
    xiv_chap xiv_ds8k_connection_type xiv_ds8k_proxy zadara_password zadara_user
    zadara_vol_encrypt zadara_vol_name_template zadara_vol_thin
    zadara_vpsa_allow_nonexistent_delete zadara_vpsa_auto_detach_on_delete zadara_vpsa_ip
    zadara_vpsa_poolname zadara_vpsa_port zadara_vpsa_use_ssl zfssa_initiator
    zfssa_initiator_group zfssa_initiator_password zfssa_initiator_user zfssa_lun_compression
    zfssa_lun_logbias zfssa_lun_sparse zfssa_lun_volblocksize zfssa_pool zfssa_project
    zfssa_rest_timeout zfssa_target_group zfssa_target_interfaces zfssa_target_password
    zfssa_target_portal zfssa_target_user zoning_mode
    [amqp1]
    allow_insecure_clients broadcast_prefix container_name group_request_prefix idle_timeout
    server_request_prefix ssl_ca_file ssl_cert_file ssl_key_file ssl_key_password trace
    [brcd_fabric_example]
    fc_fabric_address fc_fabric_password fc_fabric_port fc_fabric_user principal_switch_wwn
    zone_activate zone_name_prefix zoning_policy
    [cisco_fabric_example]
    cisco_fc_fabric_address cisco_fc_fabric_password cisco_fc_fabric_port cisco_fc_fabric_user
    cisco_zone_activate cisco_zone_name_prefix cisco_zoning_policy cisco_zoning_vsan
    [database]
    backend connection connection_debug connection_trace db_inc_retry_interval db_max_retries
    db_max_retry_interval db_retry_interval idle_timeout max_overflow max_pool_size max_retries
    min_pool_size mysql_sql_mode pool_timeout reconnect_interval retry_interval slave_connection
    sql_connection sql_idle_timeout sql_max_pool_size sql_max_retries sql_min_pool_size
    sqlalchemy_max_overflow sqlalchemy_pool_timeout sqlite_db sqlite_synchronous
    use_db_reconnect use_tpool
    [fc-zone-manager]
    brcd_sb_connector cisco_sb_connector fc_fabric_names fc_san_lookup_service zone_driver
    zoning_policy
    [keymgr]
    api_class encryption_api_url encryption_auth_url fixed_key
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [profiler]
    profiler_enabled trace_sqlalchemy
    [rpc_notifier2]
    topics
    [sql]
    connection idle_timeout
    [ssl]
    ca_file cert_file key_file
  `,
  keystone: `
    [DEFAULT]
    admin_bind_host admin_endpoint admin_port admin_token admin_workers amqp_auto_delete
    amqp_durable_queues backdoor_port bind_host command compute_port config_dir config_file
    control_exchange crypt_strength db_backend dbapi_use_tpool debug default_log_levels
    default_publisher_id domain_id_immutable fake_rabbit fatal_deprecations instance_format
    instance_uuid_format kombu_reconnect_delay kombu_ssl_ca_certs kombu_ssl_certfile
    kombu_ssl_keyfile kombu_ssl_version list_limit log_config log_config_append log_date_format
    log_dir log_file log_format logdir logfile logging_context_format_string
    logging_debug_format_suffix logging_default_format_string logging_exception_prefix
    matchmaker_heartbeat_freq matchmaker_heartbeat_ttl matchmaker_ringfile max_param_size
    max_request_body_size max_token_size member_role_id member_role_name memcached_servers
    notification_driver notification_topics policy_default_rule policy_file public_bind_host
    public_endpoint public_port public_workers publish_errors pydev_debug_host pydev_debug_port
    qpid_heartbeat qpid_hostname qpid_hosts qpid_password qpid_port qpid_protocol
    qpid_receiver_capacity qpid_sasl_mechanisms qpid_tcp_nodelay qpid_topology_version
    qpid_username rabbit_durable_queues rabbit_ha_queues rabbit_host rabbit_hosts
    rabbit_login_method rabbit_max_retries rabbit_password rabbit_port rabbit_retry_backoff
    rabbit_retry_interval rabbit_use_ssl rabbit_userid rabbit_virtual_host
    routing_notifier_config rpc_backend rpc_cast_timeout rpc_conn_pool_size rpc_response_timeout
    rpc_thread_pool_size rpc_zmq_bind_address rpc_zmq_contexts rpc_zmq_host rpc_zmq_ipc_dir
    rpc_zmq_matchmaker rpc_zmq_port rpc_zmq_topic_backlog sql_connection sql_connection_debug
    sql_connection_trace sql_idle_timeout sql_max_overflow sql_max_pool_size sql_max_retries
    sql_min_pool_size sql_retry_interval sqlite_db sqlite_synchronous standard_threads
    strict_password_check syslog_log_facility tcp_keepalive tcp_keepidle transport_url
    use_stderr use_syslog use_syslog_rfc_format verbose
    [amqp1]
    allow_insecure_clients broadcast_prefix container_name group_request_prefix idle_timeout
    server_request_prefix ssl_ca_file ssl_cert_file ssl_key_file ssl_key_password trace
    [assignment]
    cache_time caching driver list_limit
    [auth]
    external methods password token
    [cache]
    backend backend_argument config_prefix debug_cache_backend enabled expiration_time
    memcache_dead_retry memcache_pool_connection_get_timeout memcache_pool_maxsize
    memcache_pool_unused_timeout memcache_servers memcache_socket_timeout proxies
    [catalog]
    cache_time caching driver endpoint_substitution_whitelist list_limit template_file
    [credential]
    driver
    [database]
    backend connection connection_debug connection_trace db_inc_retry_interval db_max_retries
    db_max_retry_interval db_retry_interval idle_timeout max_overflow max_pool_size max_retries
    min_pool_size mysql_sql_mode pool_timeout reconnect_interval retry_interval slave_connection
    sql_connection sql_idle_timeout sql_max_pool_size sql_max_retries sql_min_pool_size
    sqlalchemy_max_overflow sqlalchemy_pool_timeout sqlite_db sqlite_synchronous
    use_db_reconnect use_tpool
    [ec2]
    driver
    [endpoint_filter]
    driver return_all_endpoints_if_no_filter
    [endpoint_policy]
    driver
    [federation]
    assertion_prefix driver
    [identity]
    default_domain_id domain_config_dir domain_specific_drivers_enabled driver list_limit
    max_password_length
    [identity_mapping]
    backward_compatible_ids driver generator
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [kvs]
    backends config_prefix default_lock_timeout enable_key_mangler
    [ldap]
    alias_dereferencing allow_subtree_delete auth_pool_connection_lifetime auth_pool_size
    chase_referrals debug_level dumb_member group_additional_attribute_mapping
    group_allow_create group_allow_delete group_allow_update group_attribute_ignore
    group_desc_attribute group_filter group_id_attribute group_member_attribute
    group_name_attribute group_objectclass group_tree_dn page_size password
    pool_connection_lifetime pool_connection_timeout pool_retry_delay pool_retry_max pool_size
    project_additional_attribute_mapping project_allow_create project_allow_delete
    project_allow_update project_attribute_ignore project_desc_attribute
    project_domain_id_attribute project_enabled_attribute project_enabled_emulation
    project_enabled_emulation_dn project_filter project_id_attribute project_member_attribute
    project_name_attribute project_objectclass project_tree_dn query_scope
    role_additional_attribute_mapping role_allow_create role_allow_delete role_allow_update
    role_attribute_ignore role_filter role_id_attribute role_member_attribute
    role_name_attribute role_objectclass role_tree_dn suffix tenant_additional_attribute_mapping
    tenant_allow_create tenant_allow_delete tenant_allow_update tenant_attribute_ignore
    tenant_desc_attribute tenant_domain_id_attribute tenant_enabled_attribute
    tenant_enabled_emulation tenant_enabled_emulation_dn tenant_filter tenant_id_attribute
    tenant_member_attribute tenant_name_attribute tenant_objectclass tenant_tree_dn
    tls_cacertdir tls_cacertfile tls_req_cert url use_auth_pool use_dumb_member use_pool use_tls
    user user_additional_attribute_mapping user_allow_create user_allow_delete user_allow_update
    user_attribute_ignore user_default_project_id_attribute user_enabled_attribute
    user_enabled_default user_enabled_emulation user_enabled_emulation_dn user_enabled_invert
    user_enabled_mask user_filter user_id_attribute user_mail_attribute user_name_attribute
    user_objectclass user_pass_attribute user_tree_dn
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [memcache]
    dead_retry pool_connection_get_timeout pool_maxsize pool_unused_timeout servers
    socket_timeout
    [oauth1]
    access_token_duration driver request_token_duration
    [os_inherit]
    enabled
    [paste_deploy]
    config_file
    [policy]
    driver list_limit
    [revoke]
    caching driver expiration_buffer
    [rpc_notifier2]
    topics
    [saml]
    assertion_expiration_time certfile idp_contact_company idp_contact_email idp_contact_name
    idp_contact_surname idp_contact_telephone idp_contact_type idp_entity_id idp_lang
    idp_metadata_path idp_organization_display_name idp_organization_name idp_organization_url
    idp_sso_endpoint keyfile xmlsec1_binary
    [signing]
    ca_certs ca_key cert_subject certfile key_size keyfile token_format valid_days
    [sql]
    connection idle_timeout
    [ssl]
    ca_certs ca_key cert_required cert_subject certfile enable key_size keyfile valid_days
    [stats]
    driver
    [token]
    bind cache_time caching driver enforce_token_bind expiration hash_algorithm provider
    revocation_cache_time revoke_by_id
    [trust]
    driver enabled
  `,
  ceilometer: `
    [DEFAULT]
    amqp_auto_delete amqp_durable_queues api_paste_config backdoor_port cinder_control_exchange
    collector_workers config_dir config_file control_exchange counter_source database_connection
    db_backend dbapi_use_tpool debug default_log_levels disable_process_locking dispatcher
    fake_rabbit fatal_deprecations glance_control_exchange glance_page_size
    heat_control_exchange host http_control_exchanges hypervisor_inspector instance_format
    instance_uuid_format ironic_exchange keystone_control_exchange kombu_reconnect_delay
    kombu_ssl_ca_certs kombu_ssl_certfile kombu_ssl_keyfile kombu_ssl_version libvirt_type
    libvirt_uri lock_path log_config log_config_append log_date_format log_dir log_file
    log_format logdir logfile logging_context_format_string logging_debug_format_suffix
    logging_default_format_string logging_exception_prefix matchmaker_heartbeat_freq
    matchmaker_heartbeat_ttl matchmaker_ringfile memcached_servers metering_api_port
    metering_topic neutron_control_exchange notification_driver notification_topics
    notification_workers nova_control_exchange nova_http_log_debug os_auth_url os_password
    os_region_name os_tenant_id os_tenant_name os_username pipeline_cfg_file policy_default_rule
    policy_file publish_errors qpid_heartbeat qpid_hostname qpid_hosts qpid_password qpid_port
    qpid_protocol qpid_receiver_capacity qpid_sasl_mechanisms qpid_tcp_nodelay
    qpid_topology_version qpid_username quantum_control_exchange rabbit_durable_queues
    rabbit_ha_queues rabbit_host rabbit_hosts rabbit_login_method rabbit_max_retries
    rabbit_password rabbit_port rabbit_retry_backoff rabbit_retry_interval rabbit_use_ssl
    rabbit_userid rabbit_virtual_host reseller_prefix reserved_metadata_length
    reserved_metadata_namespace rootwrap_config routing_notifier_config rpc_backend
    rpc_cast_timeout rpc_conn_pool_size rpc_response_timeout rpc_thread_pool_size
    rpc_zmq_bind_address rpc_zmq_contexts rpc_zmq_host rpc_zmq_ipc_dir rpc_zmq_matchmaker
    rpc_zmq_port rpc_zmq_topic_backlog sahara_control_exchange sample_metadata sample_name
    sample_project sample_resource sample_source sample_timestamp sample_type sample_unit
    sample_user sample_volume sql_connection sql_connection_debug sql_connection_trace
    sql_idle_timeout sql_max_overflow sql_max_pool_size sql_max_retries sql_min_pool_size
    sql_retry_interval sqlite_db sqlite_synchronous syslog_log_facility transport_url
    trove_control_exchange use_stderr use_syslog use_syslog_rfc_format verbose
    [alarm]
    evaluation_interval evaluation_service notifier_rpc_topic partition_rpc_topic
    project_alarm_quota record_history rest_notifier_certificate_file
    rest_notifier_certificate_key rest_notifier_max_retries rest_notifier_ssl_verify
    threshold_evaluation_interval user_alarm_quota
    [amqp1]
    allow_insecure_clients broadcast_prefix container_name group_request_prefix idle_timeout
    server_request_prefix ssl_ca_file ssl_cert_file ssl_key_file ssl_key_password trace
    [api]
    enable_reverse_dns_lookup host pecan_debug port
    [central]
    partitioning_group_prefix
    [collector]
    ack_on_event_error dispatcher requeue_sample_on_dispatcher_error store_events udp_address
    udp_port
    [compute]
    workload_partitioning
    [coordination]
    backend_url heartbeat
    [database]
    alarm_connection backend connection connection_debug connection_trace db_inc_retry_interval
    db_max_retries db_max_retry_interval db_retry_interval idle_timeout max_overflow
    max_pool_size max_retries metering_connection min_pool_size mysql_sql_mode pool_timeout
    reconnect_interval retry_interval slave_connection sql_connection sql_idle_timeout
    sql_max_pool_size sql_max_retries sql_min_pool_size sqlalchemy_max_overflow
    sqlalchemy_pool_timeout sqlite_db sqlite_synchronous time_to_live use_db_reconnect use_tpool
    [dispatcher_file]
    backup_count file_path max_bytes
    [event]
    definitions_cfg_file drop_unmatched_notifications
    [hardware]
    readonly_user_name readonly_user_password url_scheme
    [ipmi]
    node_manager_init_retry
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [notification]
    ack_on_event_error messaging_urls store_events
    [publisher]
    metering_secret
    [publisher_notifier]
    metering_driver metering_topic
    [publisher_rpc]
    metering_topic
    [rpc_notifier2]
    topics
    [service_credentials]
    insecure os_auth_url os_cacert os_endpoint_type os_password os_region_name os_tenant_id
    os_tenant_name os_username
    [service_types]
    glance kwapi neutron nova swift
    [sql]
    connection idle_timeout
    [vmware]
    api_retry_count host_ip host_password host_username task_poll_interval wsdl_location
    [xenapi]
    connection_password connection_url connection_username login_timeout
  `,
  heat: `
    [DEFAULT]
    action_retry_limit amqp_auto_delete amqp_durable_queues auth_encryption_key backdoor_port
    backlog bind_host bind_port cert_file cloud_backend command config_dir config_file
    control_exchange db_backend dbapi_use_tpool debug default_log_levels
    default_notification_level default_publisher_id deferred_auth_method disable_process_locking
    enable_cloud_watch_lite enable_stack_abandon enable_stack_adopt engine_life_check_timeout
    environment_dir event_purge_batch_size fake_rabbit fatal_deprecations
    heat_metadata_server_url heat_stack_user_role heat_waitcondition_server_url
    heat_watch_server_url host instance_connection_https_validate_certificates
    instance_connection_is_secure instance_driver instance_format instance_user
    instance_uuid_format key_file keystone_backend kombu_reconnect_delay kombu_ssl_ca_certs
    kombu_ssl_certfile kombu_ssl_keyfile kombu_ssl_version list_notifier_drivers
    loadbalancer_template lock_path log_config log_config_append log_date_format log_dir
    log_file log_format logdir logfile logging_context_format_string logging_debug_format_suffix
    logging_default_format_string logging_exception_prefix matchmaker_heartbeat_freq
    matchmaker_heartbeat_ttl matchmaker_ringfile max_events_per_stack max_json_body_size
    max_nested_stack_depth max_resources_per_stack max_stacks_per_tenant max_template_size
    memcached_servers notification_driver notification_topics num_engine_workers onready
    periodic_interval plugin_dirs policy_default_rule policy_file publish_errors qpid_heartbeat
    qpid_hostname qpid_hosts qpid_password qpid_port qpid_protocol qpid_receiver_capacity
    qpid_sasl_mechanisms qpid_tcp_nodelay qpid_topology_version qpid_username
    rabbit_durable_queues rabbit_ha_queues rabbit_host rabbit_hosts rabbit_login_method
    rabbit_max_retries rabbit_password rabbit_port rabbit_retry_backoff rabbit_retry_interval
    rabbit_use_ssl rabbit_userid rabbit_virtual_host region_name_for_services
    routing_notifier_config rpc_backend rpc_cast_timeout rpc_conn_pool_size rpc_response_timeout
    rpc_thread_pool_size rpc_zmq_bind_address rpc_zmq_contexts rpc_zmq_host rpc_zmq_ipc_dir
    rpc_zmq_matchmaker rpc_zmq_port rpc_zmq_topic_backlog secure_proxy_ssl_header sql_connection
    sql_connection_debug sql_connection_trace sql_idle_timeout sql_max_overflow
    sql_max_pool_size sql_max_retries sql_min_pool_size sql_retry_interval sqlite_db
    sqlite_synchronous stack_action_timeout stack_domain_admin stack_domain_admin_password
    stack_user_domain stack_user_domain_id stack_user_domain_name syslog_log_facility
    transport_url trusts_delegated_roles use_stderr use_syslog use_syslog_rfc_format verbose
    workers
    [amqp1]
    allow_insecure_clients broadcast_prefix container_name group_request_prefix idle_timeout
    server_request_prefix ssl_ca_file ssl_cert_file ssl_key_file ssl_key_password trace
    [auth_password]
    allowed_auth_uris multi_cloud
    [clients]
    ca_file cert_file endpoint_type insecure key_file
    [clients_ceilometer]
    ca_file cert_file endpoint_type insecure key_file
    [clients_cinder]
    ca_file cert_file endpoint_type http_log_debug insecure key_file
    [clients_glance]
    ca_file cert_file endpoint_type insecure key_file
    [clients_heat]
    ca_file cert_file endpoint_type insecure key_file url
    [clients_keystone]
    ca_file cert_file endpoint_type insecure key_file
    [clients_neutron]
    ca_file cert_file endpoint_type insecure key_file
    [clients_nova]
    ca_file cert_file endpoint_type http_log_debug insecure key_file
    [clients_swift]
    ca_file cert_file endpoint_type insecure key_file
    [clients_trove]
    ca_file cert_file endpoint_type insecure key_file
    [database]
    backend connection connection_debug connection_trace db_inc_retry_interval db_max_retries
    db_max_retry_interval db_retry_interval idle_timeout max_overflow max_pool_size max_retries
    min_pool_size mysql_sql_mode pool_timeout reconnect_interval retry_interval slave_connection
    sql_connection sql_idle_timeout sql_max_pool_size sql_max_retries sql_min_pool_size
    sqlalchemy_max_overflow sqlalchemy_pool_timeout sqlite_db sqlite_synchronous
    use_db_reconnect use_tpool
    [ec2authtoken]
    allowed_auth_uris auth_uri multi_cloud
    [heat_api]
    backlog bind_host bind_port cert_file key_file max_header_line workers
    [heat_api_cfn]
    backlog bind_host bind_port cert_file key_file max_header_line workers
    [heat_api_cloudwatch]
    backlog bind_host bind_port cert_file key_file max_header_line workers
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [paste_deploy]
    api_paste_config flavor
    [revision]
    heat_revision
    [rpc_notifier2]
    topics
    [sql]
    connection idle_timeout
    [ssl]
    ca_file cert_file key_file
  `,
  glance: `
    [DEFAULT]
    admin_password admin_role admin_tenant_name admin_user allow_additional_image_properties
    allow_anonymous_access allowed_rpc_exception_modules amqp_auto_delete amqp_durable_queues
    api_limit_max auth_region auth_strategy auth_url await_child backlog bind_host bind_port
    ca_file capture_output cert_file cleanup_scrubber cleanup_scrubber_time command config_dir
    config_file container_formats control_exchange daemon data_api db_backend
    db_enforce_mysql_charset dbapi_use_tpool debug default_log_levels default_publisher_id
    default_swift_reference delayed_delete disable_process_locking disk_formats enable_v1_api
    enable_v1_registry enable_v2_api enable_v2_registry eventlet_hub fake_rabbit
    fatal_deprecations image_cache_dir image_cache_driver image_cache_max_size
    image_cache_sqlite_db image_cache_stall_time image_location_quota image_member_quota
    image_property_quota image_size_cap image_tag_quota instance_format instance_uuid_format
    key_file kombu_reconnect_delay kombu_ssl_ca_certs kombu_ssl_certfile kombu_ssl_keyfile
    kombu_ssl_version limit_param_default location_strategy lock_path log_config
    log_config_append log_date_format log_dir log_file log_format logdir logfile
    logging_context_format_string logging_debug_format_suffix logging_default_format_string
    logging_exception_prefix matchmaker_heartbeat_freq matchmaker_heartbeat_ttl
    matchmaker_ringfile max_header_line memcached_servers metadata_encryption_key
    metadata_source_path notification_driver notification_topics owner_is_tenant pid_file
    policy_default_rule policy_file property_protection_file property_protection_rule_format
    publish_errors pydev_worker_debug_host pydev_worker_debug_port qpid_heartbeat qpid_hostname
    qpid_hosts qpid_password qpid_port qpid_protocol qpid_receiver_capacity qpid_sasl_mechanisms
    qpid_tcp_nodelay qpid_topology_version qpid_username rabbit_durable_queues rabbit_ha_queues
    rabbit_host rabbit_hosts rabbit_login_method rabbit_max_retries rabbit_password rabbit_port
    rabbit_retry_backoff rabbit_retry_interval rabbit_use_ssl rabbit_userid rabbit_virtual_host
    registry_client_ca_file registry_client_cert_file registry_client_insecure
    registry_client_key_file registry_client_protocol registry_client_timeout registry_host
    registry_port respawn routing_notifier_config rpc_backend rpc_cast_timeout
    rpc_conn_pool_size rpc_response_timeout rpc_thread_pool_size rpc_zmq_bind_address
    rpc_zmq_contexts rpc_zmq_host rpc_zmq_ipc_dir rpc_zmq_matchmaker rpc_zmq_port
    rpc_zmq_topic_backlog scrub_time scrubber_datadir send_identity_headers server
    sheepdog_store_address sheepdog_store_chunk_size sheepdog_store_port show_image_direct_url
    show_multiple_locations sql_connection sql_connection_debug sql_connection_trace
    sql_idle_timeout sql_max_overflow sql_max_pool_size sql_max_retries sql_min_pool_size
    sql_retry_interval sqlite_db sqlite_synchronous swift_store_auth_address
    swift_store_config_file swift_store_key swift_store_user syslog_log_facility
    task_time_to_live tcp_keepidle transport_url use_stderr use_syslog use_syslog_rfc_format
    use_user_token user_storage_quota verbose wakeup_time workers
    [amqp1]
    allow_insecure_clients broadcast_prefix container_name group_request_prefix idle_timeout
    server_request_prefix ssl_ca_file ssl_cert_file ssl_key_file ssl_key_password trace
    [database]
    backend connection connection_debug connection_trace db_inc_retry_interval db_max_retries
    db_max_retry_interval db_retry_interval idle_timeout max_overflow max_pool_size max_retries
    min_pool_size mysql_sql_mode pool_timeout reconnect_interval retry_interval slave_connection
    sql_connection sql_idle_timeout sql_max_pool_size sql_max_retries sql_min_pool_size
    sqlalchemy_max_overflow sqlalchemy_pool_timeout sqlite_db sqlite_synchronous
    use_db_reconnect use_tpool
    [glance_store]
    cinder_api_insecure cinder_ca_certificates_file cinder_catalog_info cinder_endpoint_template
    cinder_http_retries default_store filesystem_store_datadir filesystem_store_datadirs
    filesystem_store_metadata_file mongodb_store_db mongodb_store_uri os_region_name
    rbd_store_ceph_conf rbd_store_chunk_size rbd_store_pool rbd_store_user s3_store_access_key
    s3_store_bucket s3_store_bucket_url_format s3_store_create_bucket_on_put s3_store_host
    s3_store_object_buffer_dir s3_store_secret_key stores swift_enable_snet
    swift_store_admin_tenants swift_store_auth_insecure swift_store_auth_version
    swift_store_container swift_store_create_container_on_put swift_store_endpoint_type
    swift_store_large_object_chunk_size swift_store_large_object_size swift_store_multi_tenant
    swift_store_region swift_store_retry_get_count swift_store_service_type
    swift_store_ssl_compression vmware_api_insecure vmware_api_retry_count
    vmware_datacenter_path vmware_datastore_name vmware_server_host vmware_server_password
    vmware_server_username vmware_store_image_dir vmware_task_poll_interval
    [image_format]
    container_formats disk_formats
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [paste_deploy]
    config_file flavor
    [profiler]
    enabled trace_sqlalchemy
    [rpc_notifier2]
    topics
    [sql]
    connection idle_timeout
    [store_type_location_strategy]
    store_type_preference
    [task]
    eventlet_executor_pool_size task_executor task_time_to_live
  `,
  trove: `
    [DEFAULT]
    admin_roles agent_call_high_timeout agent_call_low_timeout agent_heartbeat_time
    agent_replication_snapshot_timeout allowed_rpc_exception_modules amqp_auto_delete
    amqp_durable_queues api_paste_config backdoor_port backlog backup_aes_cbc_key
    backup_chunk_size backup_incremental_strategy backup_namespace backup_runner
    backup_runner_options backup_segment_max_size backup_strategy backup_swift_container
    backup_use_gzip_compression backup_use_openssl_encryption backup_use_snet backups_page_size
    bind_host bind_port black_list_regex block_device_mapping cinder_service_type cinder_url
    cinder_volume_type cloudinit_location cluster_delete_time_out cluster_usage_timeout
    clusters_page_size conductor_manager conductor_queue config_dir config_file
    configurations_page_size control_exchange databases_page_size datastore_manager
    datastore_registry_ext db_api_implementation debug default_datastore default_log_levels
    default_neutron_networks default_notification_level default_password_length
    default_publisher_id device_path disable_process_locking dns_account_id dns_auth_url
    dns_domain_id dns_domain_name dns_driver dns_endpoint_url dns_hostname
    dns_instance_entry_factory dns_management_base_url dns_passkey dns_region dns_service_type
    dns_time_out dns_ttl dns_username exists_notification_ticks exists_notification_transformer
    expected_filetype_suffixes fake_rabbit fatal_deprecations fork format_options guest_config
    guest_id heat_service_type heat_time_out heat_url host hostname_require_ipv4
    hostname_require_valid_ip http_delete_rate http_get_rate http_mgmt_post_rate http_post_rate
    http_put_rate ignore_dbs ignore_users instance_format instance_uuid_format
    instances_page_size ip_regex kombu_ssl_ca_certs kombu_ssl_certfile kombu_ssl_keyfile
    kombu_ssl_version lock_path log_config log_config_append log_date_format log_dir log_file
    log_format logdir logfile logging_context_format_string logging_debug_format_suffix
    logging_default_format_string logging_exception_prefix matchmaker_heartbeat_freq
    matchmaker_heartbeat_ttl matchmaker_ringfile max_accepted_volume_size max_backups_per_user
    max_header_line max_instances_per_user max_volumes_per_user memcached_servers mount_options
    network_driver network_label_regex neutron_service_type neutron_url notification_driver
    notification_service_id notification_topics nova_compute_service_type nova_compute_url
    nova_proxy_admin_pass nova_proxy_admin_tenant_name nova_proxy_admin_user num_tries
    os_region_name override_logfile pid_file publish_errors pybasedir pydev_debug
    pydev_debug_host pydev_debug_port pydev_path qpid_heartbeat qpid_hostname qpid_hosts
    qpid_password qpid_port qpid_protocol qpid_sasl_mechanisms qpid_tcp_nodelay qpid_username
    quota_driver rabbit_durable_queues rabbit_ha_queues rabbit_host rabbit_hosts
    rabbit_max_retries rabbit_password rabbit_port rabbit_retry_backoff rabbit_retry_interval
    rabbit_use_ssl rabbit_userid rabbit_virtual_host reboot_time_out region remote_cinder_client
    remote_dns_client remote_guest_client remote_heat_client remote_neutron_client
    remote_nova_client remote_swift_client report_interval resize_time_out restore_namespace
    restore_usage_timeout revert_time_out root_grant root_grant_option rpc_backend
    rpc_cast_timeout rpc_conn_pool_size rpc_response_timeout rpc_thread_pool_size
    rpc_zmq_bind_address rpc_zmq_contexts rpc_zmq_host rpc_zmq_ipc_dir rpc_zmq_matchmaker
    rpc_zmq_port rpc_zmq_topic_backlog server_delete_time_out sql_connection sql_idle_timeout
    sql_query_log sql_query_logging state_change_wait_time storage_namespace storage_strategy
    swift_service_type swift_url syslog_log_facility taskmanager_manager taskmanager_queue
    tcp_keepidle template_path trove_api_workers trove_auth_url trove_conductor_workers
    trove_dns_support trove_security_group_name_prefix trove_security_group_rule_cidr
    trove_security_groups_support trove_volume_support update_status_on_fail usage_sleep_time
    usage_timeout use_heat use_nova_server_config_drive use_nova_server_volume use_stderr
    use_syslog use_syslog_rfc_format users_page_size verbose verify_swift_checksum_on_restore
    volume_format_timeout volume_fstype volume_time_out
    [cassandra]
    backup_incremental_strategy backup_namespace backup_strategy device_path mount_point
    replication_strategy restore_namespace tcp_ports udp_ports volume_support
    [couchbase]
    backup_incremental_strategy backup_namespace backup_strategy device_path mount_point
    replication_strategy restore_namespace root_on_create tcp_ports udp_ports volume_support
    [keystone_authtoken]
    admin_password admin_tenant_name admin_token admin_user auth_admin_prefix auth_host
    auth_port auth_protocol auth_uri auth_version cache cafile certfile
    check_revocations_for_cached delay_auth_decision enforce_token_bind hash_algorithms
    http_connect_timeout http_request_max_retries identity_uri include_service_catalog insecure
    keyfile memcache_pool_conn_get_timeout memcache_pool_dead_retry memcache_pool_maxsize
    memcache_pool_socket_timeout memcache_pool_unused_timeout memcache_secret_key
    memcache_security_strategy memcache_servers memcache_use_advanced_pool memcached_servers
    revocation_cache_time signing_dir token_cache_time
    [keystone_ec2_token]
    cafile certfile insecure keyfile url
    [matchmaker_redis]
    host password port
    [matchmaker_ring]
    ringfile
    [mongodb]
    api_strategy backup_incremental_strategy backup_namespace backup_strategy cluster_support
    device_path guestagent_strategy mount_point num_config_servers_per_cluster
    num_query_routers_per_cluster replication_strategy restore_namespace taskmanager_strategy
    tcp_ports udp_ports volume_support
    [mysql]
    backup_incremental_strategy backup_namespace backup_strategy device_path mount_point
    replication_namespace replication_strategy restore_namespace root_on_create tcp_ports
    udp_ports usage_timeout volume_support
    [percona]
    backup_incremental_strategy backup_namespace backup_strategy device_path mount_point
    replication_namespace replication_password replication_strategy replication_user
    restore_namespace root_on_create tcp_ports udp_ports usage_timeout volume_support
    [postgresql]
    backup_incremental_strategy backup_namespace backup_strategy device_path ignore_dbs
    ignore_users mount_point restore_namespace root_on_create tcp_ports udp_ports volume_support
    [redis]
    backup_incremental_strategy backup_namespace backup_strategy device_path mount_point
    replication_strategy restore_namespace tcp_ports udp_ports volume_support
    [rpc_notifier2]
    topics
    [secure_messages]
    enabled encrypt enforced kds_endpoint secret_key secret_keys_file
    [ssl]
    ca_file cert_file key_file
  `,
};

/** Former names and what they became: `neutron_url=neutron.url`. */
export const JUNO_FORMER_NAMES: Readonly<Record<string, string>> = {
  nova: `
    allowed_direct_url_schemes=glance.allowed_direct_url_schemes
    cinder_api_insecure=cinder.api_insecure
    cinder_ca_certificates_file=cinder.ca_certificates_file
    cinder_catalog_info=cinder.catalog_info cinder_cross_az_attach=cinder.cross_az_attach
    cinder_endpoint_template=cinder.endpoint_template cinder_http_retries=cinder.http_retries
    cinder_http_timeout=cinder.http_timeout database.reconnect_interval=database.retry_interval
    database.sql_connection=database.connection database.sql_idle_timeout=database.idle_timeout
    database.sql_max_pool_size=database.max_pool_size
    database.sql_max_retries=database.max_retries
    database.sql_min_pool_size=database.min_pool_size
    database.sqlalchemy_max_overflow=database.max_overflow
    database.sqlalchemy_pool_timeout=database.pool_timeout db_backend=database.backend
    dbapi_use_tpool=database.use_tpool glance_api_insecure=glance.api_insecure
    glance_api_servers=glance.api_servers glance_host=glance.host
    glance_num_retries=glance.num_retries glance_port=glance.port
    glance_protocol=glance.protocol
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    log_config=log_config_append logdir=log_dir logfile=log_file
    matchmaker_ringfile=matchmaker_ring.ringfile neutron_admin_auth_url=neutron.admin_auth_url
    neutron_admin_password=neutron.admin_password
    neutron_admin_tenant_id=neutron.admin_tenant_id
    neutron_admin_tenant_name=neutron.admin_tenant_name
    neutron_admin_username=neutron.admin_username neutron_api_insecure=neutron.api_insecure
    neutron_auth_strategy=neutron.auth_strategy
    neutron_ca_certificates_file=neutron.ca_certificates_file
    neutron_extension_sync_interval=neutron.extension_sync_interval
    neutron_metadata_proxy_shared_secret=neutron.metadata_proxy_shared_secret
    neutron_ovs_bridge=neutron.ovs_bridge neutron_region_name=neutron.region_name
    neutron_url=neutron.url neutron_url_timeout=neutron.url_timeout
    os_region_name=cinder.os_region_name
    quota_injected_file_path_bytes=quota_injected_file_path_length
    rabbit_durable_queues=amqp_durable_queues rpc_notifier2.topics=notification_topics
    service_neutron_metadata_proxy=neutron.service_metadata_proxy
    spicehtml5proxy_host=spice.html5proxy_host spicehtml5proxy_port=spice.html5proxy_port
    sql.connection=database.connection sql.idle_timeout=database.idle_timeout
    sql_connection=database.connection sql_connection_debug=database.connection_debug
    sql_connection_trace=database.connection_trace sql_idle_timeout=database.idle_timeout
    sql_max_overflow=database.max_overflow sql_max_pool_size=database.max_pool_size
    sql_max_retries=database.max_retries sql_min_pool_size=database.min_pool_size
    sql_retry_interval=database.retry_interval sqlite_db=database.sqlite_db
    sqlite_synchronous=database.sqlite_synchronous
  `,
  neutron: `
    database.reconnect_interval=database.retry_interval
    database.sql_connection=database.connection database.sql_idle_timeout=database.idle_timeout
    database.sql_max_pool_size=database.max_pool_size
    database.sql_max_retries=database.max_retries
    database.sql_min_pool_size=database.min_pool_size
    database.sqlalchemy_max_overflow=database.max_overflow
    database.sqlalchemy_pool_timeout=database.pool_timeout db_backend=database.backend
    dbapi_use_tpool=database.use_tpool dhcp_lease_time=dhcp_lease_duration
    dnsmasq_dns_server=dnsmasq_dns_servers
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    loadbalancer_state_path=haproxy.loadbalancer_state_path log_config=log_config_append
    logdir=log_dir logfile=log_file matchmaker_ringfile=matchmaker_ring.ringfile
    nvp.agent_mode=nsx.agent_mode nvp.concurrent_connections=nsx.concurrent_connections
    nvp.default_transport_type=nsx.default_transport_type
    nvp.max_lp_per_bridged_ls=nsx.max_lp_per_bridged_ls
    nvp.max_lp_per_overlay_ls=nsx.max_lp_per_overlay_ls nvp.metadata_mode=nsx.metadata_mode
    nvp.nvp_gen_timeout=nsx.nsx_gen_timeout nvp_controllers=nsx_controllers
    nvp_dhcp.default_lease_time=nsx_dhcp.default_lease_time
    nvp_dhcp.domain_name=nsx_dhcp.domain_name
    nvp_dhcp.extra_domain_name_servers=nsx_dhcp.extra_domain_name_servers
    nvp_metadata.metadata_server_address=nsx_metadata.metadata_server_address
    nvp_metadata.metadata_server_port=nsx_metadata.metadata_server_port
    nvp_metadata.metadata_shared_secret=nsx_metadata.metadata_shared_secret
    nvp_password=nsx_password nvp_sync.always_read_status=nsx_sync.always_read_status
    nvp_sync.max_random_sync_delay=nsx_sync.max_random_sync_delay
    nvp_sync.min_chunk_size=nsx_sync.min_chunk_size
    nvp_sync.min_sync_req_delay=nsx_sync.min_sync_req_delay
    nvp_sync.state_sync_interval=nsx_sync.state_sync_interval nvp_user=nsx_user
    osapi_max_request_body_size=max_request_body_size rabbit_durable_queues=amqp_durable_queues
    restproxy.quantum_id=restproxy.neutron_id rpc_notifier2.topics=notification_topics
    sql.connection=database.connection sql.idle_timeout=database.idle_timeout
    sql_connection=database.connection sql_connection_debug=database.connection_debug
    sql_connection_trace=database.connection_trace sql_idle_timeout=database.idle_timeout
    sql_max_overflow=database.max_overflow sql_max_pool_size=database.max_pool_size
    sql_max_retries=database.max_retries sql_min_pool_size=database.min_pool_size
    sql_retry_interval=database.retry_interval sqlite_db=database.sqlite_db
    sqlite_synchronous=database.sqlite_synchronous user_group=haproxy.user_group
  `,
  cinder: `
    backup_service=backup_driver database.reconnect_interval=database.retry_interval
    database.sql_connection=database.connection database.sql_idle_timeout=database.idle_timeout
    database.sql_max_pool_size=database.max_pool_size
    database.sql_max_retries=database.max_retries
    database.sql_min_pool_size=database.min_pool_size
    database.sqlalchemy_max_overflow=database.max_overflow
    database.sqlalchemy_pool_timeout=database.pool_timeout db_backend=database.backend
    dbapi_use_tpool=database.use_tpool
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    log_config=log_config_append logdir=log_dir logfile=log_file
    matchmaker_ringfile=matchmaker_ring.ringfile
    num_iscsi_scan_tries=num_volume_device_scan_tries
    osapi_compute_link_prefix=osapi_volume_base_URL pybasedir=state_path
    rabbit_durable_queues=amqp_durable_queues rpc_notifier2.topics=notification_topics
    sql.connection=database.connection sql.idle_timeout=database.idle_timeout
    sql_connection=database.connection sql_connection_debug=database.connection_debug
    sql_connection_trace=database.connection_trace sql_idle_timeout=database.idle_timeout
    sql_max_overflow=database.max_overflow sql_max_pool_size=database.max_pool_size
    sql_max_retries=database.max_retries sql_min_pool_size=database.min_pool_size
    sql_retry_interval=database.retry_interval sqlite_db=database.sqlite_db
    sqlite_synchronous=database.sqlite_synchronous
  `,
  keystone: `
    bind_host=admin_bind_host database.reconnect_interval=database.retry_interval
    database.sql_connection=database.connection database.sql_idle_timeout=database.idle_timeout
    database.sql_max_pool_size=database.max_pool_size
    database.sql_max_retries=database.max_retries
    database.sql_min_pool_size=database.min_pool_size
    database.sqlalchemy_max_overflow=database.max_overflow
    database.sqlalchemy_pool_timeout=database.pool_timeout db_backend=database.backend
    dbapi_use_tpool=database.use_tpool
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    ldap.tenant_additional_attribute_mapping=ldap.project_additional_attribute_mapping
    ldap.tenant_allow_create=ldap.project_allow_create
    ldap.tenant_allow_delete=ldap.project_allow_delete
    ldap.tenant_allow_update=ldap.project_allow_update
    ldap.tenant_attribute_ignore=ldap.project_attribute_ignore
    ldap.tenant_desc_attribute=ldap.project_desc_attribute
    ldap.tenant_domain_id_attribute=ldap.project_domain_id_attribute
    ldap.tenant_enabled_attribute=ldap.project_enabled_attribute
    ldap.tenant_enabled_emulation=ldap.project_enabled_emulation
    ldap.tenant_enabled_emulation_dn=ldap.project_enabled_emulation_dn
    ldap.tenant_filter=ldap.project_filter ldap.tenant_id_attribute=ldap.project_id_attribute
    ldap.tenant_member_attribute=ldap.project_member_attribute
    ldap.tenant_name_attribute=ldap.project_name_attribute
    ldap.tenant_objectclass=ldap.project_objectclass ldap.tenant_tree_dn=ldap.project_tree_dn
    log_config=log_config_append logdir=log_dir logfile=log_file
    matchmaker_ringfile=matchmaker_ring.ringfile rabbit_durable_queues=amqp_durable_queues
    rpc_notifier2.topics=notification_topics sql.connection=database.connection
    sql.idle_timeout=database.idle_timeout sql_connection=database.connection
    sql_connection_debug=database.connection_debug
    sql_connection_trace=database.connection_trace sql_idle_timeout=database.idle_timeout
    sql_max_overflow=database.max_overflow sql_max_pool_size=database.max_pool_size
    sql_max_retries=database.max_retries sql_min_pool_size=database.min_pool_size
    sql_retry_interval=database.retry_interval sqlite_db=database.sqlite_db
    sqlite_synchronous=database.sqlite_synchronous
  `,
  ceilometer: `
    alarm.threshold_evaluation_interval=alarm.evaluation_interval
    collector.ack_on_event_error=notification.ack_on_event_error collector.dispatcher=dispatcher
    collector.store_events=notification.store_events counter_source=sample_source
    database.reconnect_interval=database.retry_interval
    database.sql_connection=database.connection database.sql_idle_timeout=database.idle_timeout
    database.sql_max_pool_size=database.max_pool_size
    database.sql_max_retries=database.max_retries
    database.sql_min_pool_size=database.min_pool_size
    database.sqlalchemy_max_overflow=database.max_overflow
    database.sqlalchemy_pool_timeout=database.pool_timeout db_backend=database.backend
    dbapi_use_tpool=database.use_tpool
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    log_config=log_config_append logdir=log_dir logfile=log_file
    matchmaker_ringfile=matchmaker_ring.ringfile metering_api_port=api.port
    metering_topic=publisher_rpc.metering_topic os_auth_url=service_credentials.os_auth_url
    os_password=service_credentials.os_password
    os_region_name=service_credentials.os_region_name
    os_tenant_id=service_credentials.os_tenant_id
    os_tenant_name=service_credentials.os_tenant_name
    os_username=service_credentials.os_username
    quantum_control_exchange=neutron_control_exchange rabbit_durable_queues=amqp_durable_queues
    rpc_notifier2.topics=notification_topics sql.connection=database.connection
    sql.idle_timeout=database.idle_timeout sql_connection=database.connection
    sql_connection_debug=database.connection_debug
    sql_connection_trace=database.connection_trace sql_idle_timeout=database.idle_timeout
    sql_max_overflow=database.max_overflow sql_max_pool_size=database.max_pool_size
    sql_max_retries=database.max_retries sql_min_pool_size=database.min_pool_size
    sql_retry_interval=database.retry_interval sqlite_db=database.sqlite_db
    sqlite_synchronous=database.sqlite_synchronous
  `,
  heat: `
    backlog=heat_api_cloudwatch.backlog bind_host=heat_api_cloudwatch.bind_host
    bind_port=heat_api_cloudwatch.bind_port cert_file=heat_api_cloudwatch.cert_file
    database.reconnect_interval=database.retry_interval
    database.sql_connection=database.connection database.sql_idle_timeout=database.idle_timeout
    database.sql_max_pool_size=database.max_pool_size
    database.sql_max_retries=database.max_retries
    database.sql_min_pool_size=database.min_pool_size
    database.sqlalchemy_max_overflow=database.max_overflow
    database.sqlalchemy_pool_timeout=database.pool_timeout db_backend=database.backend
    dbapi_use_tpool=database.use_tpool key_file=heat_api_cloudwatch.key_file
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    log_config=log_config_append logdir=log_dir logfile=log_file
    matchmaker_ringfile=matchmaker_ring.ringfile rabbit_durable_queues=amqp_durable_queues
    rpc_notifier2.topics=notification_topics sql.connection=database.connection
    sql.idle_timeout=database.idle_timeout sql_connection=database.connection
    sql_connection_debug=database.connection_debug
    sql_connection_trace=database.connection_trace sql_idle_timeout=database.idle_timeout
    sql_max_overflow=database.max_overflow sql_max_pool_size=database.max_pool_size
    sql_max_retries=database.max_retries sql_min_pool_size=database.min_pool_size
    sql_retry_interval=database.retry_interval sqlite_db=database.sqlite_db
    sqlite_synchronous=database.sqlite_synchronous stack_user_domain=stack_user_domain_id
    workers=heat_api_cloudwatch.workers
  `,
  glance: `
    container_formats=image_format.container_formats
    database.reconnect_interval=database.retry_interval
    database.sql_connection=database.connection database.sql_idle_timeout=database.idle_timeout
    database.sql_max_pool_size=database.max_pool_size
    database.sql_max_retries=database.max_retries
    database.sql_min_pool_size=database.min_pool_size
    database.sqlalchemy_max_overflow=database.max_overflow
    database.sqlalchemy_pool_timeout=database.pool_timeout db_backend=database.backend
    dbapi_use_tpool=database.use_tpool disk_formats=image_format.disk_formats
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    log_config=log_config_append logdir=log_dir logfile=log_file
    matchmaker_ringfile=matchmaker_ring.ringfile rabbit_durable_queues=amqp_durable_queues
    rpc_notifier2.topics=notification_topics sql.connection=database.connection
    sql.idle_timeout=database.idle_timeout sql_connection=database.connection
    sql_connection_debug=database.connection_debug
    sql_connection_trace=database.connection_trace sql_idle_timeout=database.idle_timeout
    sql_max_overflow=database.max_overflow sql_max_pool_size=database.max_pool_size
    sql_max_retries=database.max_retries sql_min_pool_size=database.min_pool_size
    sql_retry_interval=database.retry_interval sqlite_db=database.sqlite_db
    sqlite_synchronous=database.sqlite_synchronous task_time_to_live=task.task_time_to_live
  `,
  trove: `
    backup_incremental_strategy=mongodb.backup_incremental_strategy
    backup_namespace=mongodb.backup_namespace backup_strategy=mongodb.backup_strategy
    hostname_require_ipv4=hostname_require_valid_ip
    keystone_authtoken.memcache_servers=keystone_authtoken.memcached_servers
    log_config=log_config_append logdir=log_dir logfile=log_file
    matchmaker_ringfile=matchmaker_ring.ringfile rabbit_durable_queues=amqp_durable_queues
    restore_namespace=mongodb.restore_namespace
  `,
};
