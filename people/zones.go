package people

import (
	_ "embed"
	"os"
	"strings"
	"time"

	"milepost/calendar"
)

// zoneList is the names of the IANA time zones, one a line (from zone.tab, which is
// in the public domain), UTC first. Go can read a zone but not list them.
//
//go:embed zones.txt
var zoneList string

// Zones lists the names of the time zones that a form offers.
func Zones() []string { return strings.Fields(zoneList) }

// machineZone is the zone of the machine that the program runs on: a better guess
// for a new organization than none.
func machineZone() string {
	target, _ := os.Readlink("/etc/localtime")
	_, linked, _ := strings.Cut(target, "zoneinfo/")
	for _, name := range []string{time.Local.String(), os.Getenv("TZ"), linked} {
		if _, err := calendar.LoadPlace(name); err == nil && name != "Etc/UTC" {
			return name
		}
	}
	return "UTC"
}
