/**
 * The names of the options that Swift reads, by section, as `JUNO_OPTIONS` has those of the others: Swift
 * registers none, so these are the ones of its samples. What stands in a section of a server or daemon
 * is also under DEFAULT, where a file may have it for all of them. Upstream: etc/*.conf-sample of
 * swift 2.2.0.
 */
export const SWIFT_OPTIONS = `
    [DEFAULT] account_autocreate account_suppression_time accounts_per_second admin_key
    allow_account_management allow_versions allowed_headers allowed_sync_hosts
    auto_create_account_prefix backlog bind_ip bind_port bind_timeout bytes_per_second cert_file
    client_chunk_size client_timeout concurrency conn_timeout container_time
    containers_per_second cors_allow_origin daemonize db_preallocation delay_reaping
    deny_host_headers devices disable_fallocate disallowed_sections disk_chunk_size
    error_suppression_interval error_suppression_limit eventlet_debug
    expiring_objects_account_name expiring_objects_container_divisor expose_info
    fallocate_reserve files_per_second handoff_delete handoffs_first http_timeout interval
    keep_cache_private keep_cache_size key_file lockup_timeout log_address log_custom_handlers
    log_facility log_handoffs log_headers log_level log_max_line_length log_name log_requests
    log_statsd_default_sample_rate log_statsd_host log_statsd_metric_prefix log_statsd_port
    log_statsd_sample_rate_factor log_time log_udp_host log_udp_port max_clients
    max_containers_per_account max_containers_whitelist max_diffs max_large_object_get_time
    max_upload_time mb_per_sync mount_check network_chunk_size node_timeout object_chunk_size
    object_post_as_copy object_size_stats per_diff post_quorum_timeout process processes
    put_queue_depth read_affinity reap_warn_after recheck_account_existence
    recheck_container_existence reclaim_age recon_cache_path recoverable_node_timeout
    replication_concurrency replication_failure_ratio replication_failure_threshold
    replication_lock_timeout replication_one_per_device replication_server report_interval
    request_node_count ring_check_interval rsync_bwlimit rsync_error_log_line_length
    rsync_io_timeout rsync_timeout run_pause slow slowdown sorting_method splice stats_interval
    strict_cors_mode swift_dir swift_owner_headers sync_method sync_proxy threads_per_disk
    timing_expiry trans_id_suffix user vm_test_mode workers write_affinity
    write_affinity_node_count zero_byte_files_per_second
    [account-auditor] accounts_per_second interval log_address log_facility log_level log_name
    recon_cache_path
    [account-reaper] concurrency conn_timeout delay_reaping interval log_address log_facility
    log_level log_name node_timeout reap_warn_after
    [account-replicator] concurrency conn_timeout error_suppression_interval
    error_suppression_limit interval log_address log_facility log_level log_name max_diffs
    node_timeout per_diff reclaim_age recon_cache_path run_pause vm_test_mode
    [app:account-server] auto_create_account_prefix log_address log_facility log_level log_name
    log_requests replication_server
    [app:container-server] allow_versions auto_create_account_prefix conn_timeout log_address
    log_facility log_level log_name log_requests node_timeout replication_server
    [app:object-server] allowed_headers auto_create_account_prefix keep_cache_private
    keep_cache_size log_address log_facility log_level log_name log_requests max_upload_time
    mb_per_sync replication_concurrency replication_failure_ratio replication_failure_threshold
    replication_lock_timeout replication_one_per_device replication_server slow splice
    threads_per_disk
    [app:proxy-server] account_autocreate allow_account_management auto_create_account_prefix
    client_chunk_size conn_timeout deny_host_headers error_suppression_interval
    error_suppression_limit log_address log_facility log_handoffs log_level log_name
    max_containers_per_account max_containers_whitelist max_large_object_get_time node_timeout
    object_chunk_size object_post_as_copy post_quorum_timeout put_queue_depth read_affinity
    recheck_account_existence recheck_container_existence recoverable_node_timeout
    request_node_count sorting_method swift_owner_headers timing_expiry write_affinity
    write_affinity_node_count
    [container-auditor] containers_per_second interval log_address log_facility log_level
    log_name recon_cache_path
    [container-replicator] concurrency conn_timeout interval log_address log_facility log_level
    log_name max_diffs node_timeout per_diff reclaim_age recon_cache_path run_pause vm_test_mode
    [container-sync] container_time interval log_address log_facility log_level log_name
    sync_proxy
    [container-updater] account_suppression_time concurrency conn_timeout interval log_address
    log_facility log_level log_name node_timeout recon_cache_path slowdown
    [filter:authtoken] admin_password admin_tenant_name admin_user auth_host auth_port
    auth_protocol auth_uri cache delay_auth_decision include_service_catalog
    [filter:bulk] delete_container_retry_count max_containers_per_extraction
    max_deletes_per_request max_failed_deletes max_failed_extractions yield_frequency
    [filter:cache] 0 1 2 log_address log_facility log_headers log_level log_name
    memcache_max_connections memcache_serialization_support memcache_servers
    [filter:catch_errors] log_address log_facility log_headers log_level log_name
    [filter:cname_lookup] log_address log_facility log_headers log_level log_name lookup_depth
    storage_domain
    [filter:container_sync] allow_full_urls current
    [filter:dlo] max_get_time rate_limit_after_segment rate_limit_segments_per_sec
    [filter:domain_remap] log_address log_facility log_headers log_level log_name path_root
    reseller_prefixes storage_domain
    [filter:gatekeeper] log_address log_facility log_headers log_level log_name
    [filter:healthcheck] disable_path
    [filter:keystoneauth] is_admin reseller_prefix allow_names_in_acls default_domain_id operator_roles
    reseller_admin_role
    [filter:list-endpoints] list_endpoints_path
    [filter:name_check] forbidden_chars forbidden_regexp maximum_length
    [filter:proxy-logging] access_log_address access_log_facility access_log_headers
    access_log_headers_only access_log_level access_log_name
    access_log_statsd_default_sample_rate access_log_statsd_host access_log_statsd_metric_prefix
    access_log_statsd_port access_log_statsd_sample_rate_factor access_log_udp_host
    access_log_udp_port log_statsd_valid_http_methods reveal_sensitive_prefix
    [filter:ratelimit] account_blacklist account_ratelimit account_whitelist clock_accuracy
    container_listing_ratelimit_0 container_listing_ratelimit_10 container_listing_ratelimit_50
    container_ratelimit_0 container_ratelimit_10 container_ratelimit_50 log_address log_facility
    log_headers log_level log_name log_sleep_time_seconds max_sleep_time_seconds
    rate_buffer_seconds
    [filter:recon] recon_cache_path recon_lock_path
    [filter:slo] max_get_time max_manifest_segments max_manifest_size min_segment_size
    rate_limit_after_segment rate_limit_segments_per_sec
    [filter:tempauth] allow_overrides auth_prefix log_address log_facility log_headers log_level
    log_name reseller_prefix storage_url_scheme token_life user_admin_admin user_test2_tester2
    user_test_tester user_test_tester3
    [filter:tempurl] incoming_allow_headers incoming_remove_headers methods
    outgoing_allow_headers outgoing_remove_headers
    [filter:xprofile] dump_interval dump_timestamp flush_at_shutdown log_filename_prefix path
    profile_module unwind
    [object-auditor] bytes_per_second concurrency disk_chunk_size files_per_second log_address
    log_facility log_level log_name log_time object_size_stats recon_cache_path
    zero_byte_files_per_second
    [object-expirer] auto_create_account_prefix concurrency expiring_objects_account_name
    interval process processes reclaim_age recon_cache_path report_interval
    [object-replicator] concurrency daemonize handoff_delete handoffs_first http_timeout
    lockup_timeout log_address log_facility log_level log_name node_timeout reclaim_age
    recon_cache_path ring_check_interval rsync_bwlimit rsync_error_log_line_length
    rsync_io_timeout rsync_timeout run_pause stats_interval sync_method vm_test_mode
    [object-updater] concurrency interval log_address log_facility log_level log_name
    node_timeout recon_cache_path slowdown
    [storage-policy:0] default name
    [storage-policy:1] name
    [swift-constraints] account_listing_limit container_listing_limit max_account_name_length
    max_container_name_length max_file_size max_header_size max_meta_count max_meta_name_length
    max_meta_overall_size max_meta_value_length max_object_name_length
    [swift-hash] swift_hash_path_prefix swift_hash_path_suffix
`;
