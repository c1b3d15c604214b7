// A program over gophercloud, the SDK of Go (Debian's golang-github-gophercloud-gophercloud-dev 0.12): boots a server, gives it
// what it needs, shelves it, and takes everything away again. It prints what it sees.
package main

import (
	"fmt"
	"io/ioutil"
	"os"
	"strings"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack"
	"github.com/gophercloud/gophercloud/openstack/blockstorage/v2/volumes"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/availabilityzones"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/keypairs"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/shelveunshelve"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/startstop"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/volumeattach"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/flavors"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/servers"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/imagedata"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/images"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/extensions/security/groups"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/extensions/security/rules"
	"github.com/gophercloud/gophercloud/openstack/networking/v2/networks"
	"github.com/gophercloud/gophercloud/openstack/objectstorage/v1/containers"
	"github.com/gophercloud/gophercloud/openstack/objectstorage/v1/objects"
	"github.com/gophercloud/gophercloud/openstack/orchestration/v1/stacks"
	"github.com/gophercloud/gophercloud/pagination"
)

func must(err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%T: %v\n", err, err)
		os.Exit(1)
	}
}

// The names of a list, and the id of the one that is called `wanted`.
func named(pager pagination.Pager, wanted string, read func(pagination.Page) [][2]string) string {
	page, err := pager.AllPages()
	must(err)
	id, names := "", []string{}
	for _, one := range read(page) {
		names = append(names, one[1])
		if one[1] == wanted {
			id = one[0]
		}
	}
	fmt.Println(strings.Join(names, " "))
	return id
}

func main() {
	opts, err := openstack.AuthOptionsFromEnv()
	must(err)
	provider, err := openstack.AuthenticatedClient(opts)
	must(err)
	region := gophercloud.EndpointOpts{Region: "RegionOne"}
	compute, err := openstack.NewComputeV2(provider, region)
	must(err)
	image, err := openstack.NewImageServiceV2(provider, region)
	must(err)
	network, err := openstack.NewNetworkV2(provider, region)
	must(err)
	volume, err := openstack.NewBlockStorageV2(provider, region)
	must(err)
	object, err := openstack.NewObjectStorageV1(provider, region)
	must(err)
	heat, err := openstack.NewOrchestrationV1(provider, region)
	must(err)

	imageID := named(images.List(image, images.ListOpts{}), "cirros", func(page pagination.Page) (all [][2]string) {
		list, err := images.ExtractImages(page)
		must(err)
		for _, one := range list {
			all = append(all, [2]string{one.ID, one.Name})
		}
		return
	})
	networkID := named(networks.List(network, networks.ListOpts{}), "private", func(page pagination.Page) (all [][2]string) {
		list, err := networks.ExtractNetworks(page)
		must(err)
		for _, one := range list {
			all = append(all, [2]string{one.ID, one.Name})
		}
		return
	})
	flavorID := named(flavors.ListDetail(compute, flavors.ListOpts{}), "m1.nano", func(page pagination.Page) (all [][2]string) {
		list, err := flavors.ExtractFlavors(page)
		must(err)
		for _, one := range list {
			all = append(all, [2]string{one.ID, one.Name})
		}
		return
	})
	named(availabilityzones.List(compute), "", func(page pagination.Page) (all [][2]string) {
		list, err := availabilityzones.ExtractAvailabilityZones(page)
		must(err)
		for _, one := range list {
			all = append(all, [2]string{"", one.ZoneName})
		}
		return
	})

	key, err := keypairs.Create(compute, keypairs.CreateOpts{Name: "go-key"}).Extract()
	must(err)
	fmt.Println("key pair:", key.Name, key.PrivateKey[:31])
	group, err := groups.Create(network, groups.CreateOpts{Name: "go-group", Description: "by Go"}).Extract()
	must(err)
	_, err = rules.Create(network, rules.CreateOpts{
		SecGroupID: group.ID, Direction: rules.DirIngress, EtherType: rules.EtherType4,
		Protocol: rules.ProtocolTCP, PortRangeMin: 22, PortRangeMax: 22,
	}).Extract()
	must(err)

	server, err := servers.Create(compute, keypairs.CreateOptsExt{
		CreateOptsBuilder: servers.CreateOpts{
			Name: "go", FlavorRef: flavorID, ImageRef: imageID, SecurityGroups: []string{group.Name},
			Networks: []servers.Network{{UUID: networkID}}, Metadata: map[string]string{"made-by": "Go"},
			UserData: []byte("#!/bin/sh\n"),
		},
		KeyName: key.Name,
	}).Extract()
	must(err)
	must(servers.WaitForStatus(compute, server.ID, "ACTIVE", 2))
	state := func(what string) {
		server, err = servers.Get(compute, server.ID).Extract()
		must(err)
		fmt.Println(what, server.Status)
	}
	state("server:")
	fmt.Println(len(server.Addresses), "network,", server.Metadata, server.KeyName, server.SecurityGroups, server.Created.Year())

	disk, err := volumes.Create(volume, volumes.CreateOpts{Name: "go-disk", Size: 1}).Extract()
	must(err)
	attached, err := volumeattach.Create(compute, server.ID, volumeattach.CreateOpts{VolumeID: disk.ID}).Extract()
	must(err)
	fmt.Println("attached:", attached.Device)
	must(volumeattach.Delete(compute, server.ID, attached.ID).ExtractErr())

	must(shelveunshelve.Shelve(compute, server.ID).ExtractErr())
	state("shelved:")
	must(shelveunshelve.Unshelve(compute, server.ID, shelveunshelve.UnshelveOpts{}).ExtractErr())
	state("unshelved:")
	must(startstop.Stop(compute, server.ID).ExtractErr())
	state("stopped:")
	must(startstop.Start(compute, server.ID).ExtractErr())
	state("started:")
	must(servers.Reboot(compute, server.ID, servers.RebootOpts{Type: servers.SoftReboot}).ExtractErr())
	state("rebooted:")
	must(servers.Resize(compute, server.ID, servers.ResizeOpts{FlavorRef: "1"}).ExtractErr())
	state("resized:")
	must(servers.ConfirmResize(compute, server.ID).ExtractErr())
	state("confirmed:")

	own, err := images.Create(image, images.CreateOpts{Name: "go-image", DiskFormat: "raw", ContainerFormat: "bare"}).Extract()
	must(err)
	must(imagedata.Upload(image, own.ID, strings.NewReader("hello from Go\n")).ExtractErr())
	own, err = images.Get(image, own.ID).Extract()
	must(err)
	reader, err := imagedata.Download(image, own.ID).Extract()
	must(err)
	bytes, err := ioutil.ReadAll(reader)
	must(err)
	fmt.Printf("image: %s %d %s %q\n", own.Status, own.SizeBytes, own.Checksum, bytes)

	must(containers.Create(object, "go", nil).Err)
	must(objects.Create(object, "go", "hello", objects.CreateOpts{Content: strings.NewReader("hello\n"), Metadata: map[string]string{"By": "Go"}}).Err)
	download := objects.Download(object, "go", "hello", nil)
	content, err := download.ExtractContent()
	must(err)
	meta, err := objects.Get(object, "go", "hello", nil).ExtractMetadata()
	must(err)
	fmt.Printf("object: %q %v\n", content, meta)

	template := &stacks.Template{TE: stacks.TE{Bin: []byte("heat_template_version: 2013-05-23\nresources:\n  net: { type: \"OS::Neutron::Net\" }\n")}}
	made, err := stacks.Create(heat, stacks.CreateOpts{Name: "go-stack", TemplateOpts: template}).Extract()
	must(err)
	stack, err := stacks.Get(heat, "go-stack", made.ID).Extract()
	must(err)
	fmt.Println("stack:", stack.Name, stack.Status, stack.CreationTime.Year())
	must(stacks.Delete(heat, "go-stack", made.ID).ExtractErr())

	_, err = servers.Get(compute, "no-such-server").Extract()
	fmt.Printf("no such server: %T\n", err)
	err = startstop.Start(compute, server.ID).ExtractErr()
	fmt.Printf("in a wrong state: %T %s\n", err, err)
	opts.Password = "wrong"
	_, err = openstack.AuthenticatedClient(opts)
	fmt.Printf("a wrong password: %T\n", err)

	must(servers.Delete(compute, server.ID).ExtractErr())
	must(objects.Delete(object, "go", "hello", nil).Err)
	must(containers.Delete(object, "go").Err)
	must(images.Delete(image, own.ID).ExtractErr())
	must(volumes.Delete(volume, disk.ID, nil).ExtractErr())
	must(groups.Delete(network, group.ID).ExtractErr())
	must(keypairs.Delete(compute, key.Name).ExtractErr())
	pages, err := servers.List(compute, servers.ListOpts{}).AllPages()
	must(err)
	left, err := servers.ExtractServers(pages)
	must(err)
	fmt.Println("left:", len(left), "servers")
}
