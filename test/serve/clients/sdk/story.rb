# A program over fog, the SDK of Ruby (Debian's ruby-fog-openstack 1.0.8): boots a server, gives it what it needs, shelves
# it, and takes everything away again. It prints what it sees.
require "fog/openstack"

env = ENV.to_h
url = env["OS_AUTH_URL"].sub(%r{/v(3|2\.0)/?\z}, "")
account = { openstack_auth_url: url, openstack_username: env["OS_USERNAME"], openstack_api_key: env["OS_PASSWORD"] }
login = account.merge(
  if env["OS_IDENTITY_API_VERSION"] == "3"
    { openstack_project_name: env["OS_PROJECT_NAME"], openstack_domain_name: "Default" }
  else
    { openstack_tenant: env["OS_TENANT_NAME"] }
  end
)

compute = Fog::OpenStack::Compute.new(login)
image = Fog::OpenStack::Image.new(login)
network = Fog::OpenStack::Network.new(login)
volume = Fog::OpenStack::Volume.new(login)
storage = Fog::OpenStack::Storage.new(login)
# Users are at the admin port of v2.0, where it looks by itself.
identity = Fog::OpenStack::Identity.new(**account, openstack_tenant: env["OS_USERNAME"], openstack_identity_api_version: "v2.0")

puts "users: #{identity.users.map(&:name).sort.join(' ')}"
puts "images: #{image.images.map(&:name).sort.join(' ')}"
puts "networks: #{network.networks.map(&:name).join(' ')}"
puts "flavors: #{compute.flavors.map(&:name).join(' ')}"
puts "zones: #{compute.list_zones.body['availabilityZoneInfo'].map { |zone| zone['zoneName'] }.join(' ')}"

key = compute.key_pairs.create(name: "fog-key")
puts "key pair: #{key.name}, private: #{key.private_key[0, 31]}"
group = network.security_groups.create(name: "fog-group", description: "by fog")
network.security_group_rules.create(security_group_id: group.id, direction: "ingress", protocol: "tcp", port_range_min: 22, port_range_max: 22)
puts "rules: #{network.security_groups.get(group.id).security_group_rules.size}"

server = compute.servers.create(
  name: "fog",
  flavor_ref: compute.flavors.find { |one| one.name == "m1.nano" }.id,
  image_ref: image.images.find { |one| one.name == "cirros" }.id,
  nics: [{ net_id: network.networks.find { |one| one.name == "private" }.id }],
  key_name: key.name,
  security_groups: [group.name],
  metadata: { "made-by" => "fog" }
)
server.wait_for { ready? }
puts "server: #{server.name} #{server.state} #{server.addresses['private'].map { |one| one['addr'] }.join(' ')}"
puts "metadata: made-by=#{server.metadata.get('made-by').value}"

disk = volume.volumes.create(name: "fog-disk", display_name: "fog-disk", description: "by fog", size: 1)
disk.wait_for { ready? }
server.attach_volume(disk.id, nil)
puts "attached: #{server.volume_attachments.map { |one| one['device'] }.join(' ')}; volume: #{disk.reload.status}"
server.detach_volume(disk.id)
puts "detached; volume: #{disk.reload.status}"

compute.shelve_server(server.id)
puts "shelved: #{server.reload.state}"
compute.unshelve_server(server.id)
server.wait_for { ready? }
puts "unshelved: #{server.state}"
server.stop
puts "stopped: #{server.reload.state}"
server.start
server.wait_for { ready? }
puts "started: #{server.state}"

own = image.images.create(name: "fog-image", disk_format: "raw", container_format: "bare", visibility: "private")
own.upload_data(File.open("hello.img"))
puts "image: #{own.reload.status} #{own.size} #{own.checksum}; #{own.download_data.inspect}"

directory = storage.directories.create(key: "fog")
directory.files.create(key: "hello", body: "hello from fog\n")
puts "object: #{storage.directories.get('fog').files.get('hello').body.inspect}"

puts "quota: #{compute.get_quota(identity.tenants.find { |one| one.name == env['OS_USERNAME'] }.id).body['quota_set']['instances']}"
begin
  compute.reboot_server("no-such-server", "SOFT")
rescue Fog::OpenStack::Compute::NotFound => error
  puts "no such server: #{error.class}"
end
begin
  server.start
rescue Excon::Error::Conflict => error
  puts "in a wrong state: #{error.response.body}"
end
begin
  Fog::OpenStack::Compute.new(login.merge(openstack_api_key: "wrong"))
rescue Excon::Error::Unauthorized => error
  puts "a wrong password: #{error.response.body}"
end

server.destroy
puts "deleted: #{compute.servers.get(server.id).inspect}"
directory.files.each(&:destroy)
directory.destroy
own.destroy
disk.destroy
group.destroy
key.destroy
puts "left: #{compute.servers.size} servers, #{volume.volumes.size} volumes, #{storage.directories.size} containers"
