package people

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/internal/ui"
)

// mostEvents bounds how much of a person's history a page shows.
const mostEvents = 200

// chronicle says in words what the entries about a person state, the newest first.
type chronicle struct {
	names func(ID) string
	place *time.Location
	seen  Fact // what was known of the person before an entry
}

func (c *chronicle) events(entries []ledger.Entry) []ui.Event {
	var events []ui.Event
	for i := range entries {
		e := &entries[i]
		if e.Kind == ledger.Erased {
			continue
		}
		var fact Fact
		if err := e.Read(&fact); err != nil {
			continue
		}
		event := ui.Event{At: e.RecordedAt, Actor: c.names(ID(e.Actor)), Icon: iconOf(e.Kind), Sentence: c.sentence(e, fact)}
		if e.Via != ledger.ViaWeb {
			event.Via = string(e.Via)
		}
		if event.Actor == "" {
			event.Actor = ui.Product
		}
		events = append(events, event)
	}
	slices.Reverse(events)
	return events[:min(len(events), mostEvents)]
}

func iconOf(kind ledger.Kind) string {
	icons := map[ledger.Kind]string{Joined: "user-plus", Described: "id", ReportsTo: "sitemap", RoleGranted: "shield-check",
		RoleRevoked: "shield", Left: "logout", Returned: "login", Erased: "trash", PasswordSet: "key", Invited: "link",
		SignedInAtDevice: "device-desktop", SignedOutOfDevice: "device-desktop", TeamNamed: "users"}
	return icons[kind]
}

// sentence follows the name of who recorded it.
func (c *chronicle) sentence(e *ledger.Entry, f Fact) string {
	if e.Payload == "" {
		return "recorded something that has been erased since"
	}
	switch e.Kind {
	case Joined:
		c.seen = f
		return "added " + f.Name + c.since(e)
	case Described:
		before := c.seen
		c.seen = f
		return "changed " + changes(before, f)
	case ReportsTo:
		if f.Manager == "" {
			return "ended the reporting line" + c.since(e)
		}
		return "made " + c.names(f.Manager) + " the manager" + c.since(e)
	case RoleGranted:
		return "gave the role " + string(f.Role)
	case RoleRevoked:
		return "took the role " + string(f.Role) + " away"
	case Left:
		return "recorded the leaving" + c.since(e)
	case Returned:
		return "recorded the return" + c.since(e)
	case Erased:
		return "erased the personal data"
	case PasswordSet:
		return "set a new password"
	case Invited:
		if f.Purpose == Reset {
			return "made a link for a new password"
		}
		return "made an invitation"
	case SignedInAtDevice:
		return "signed in: " + f.Device
	case SignedOutOfDevice:
		return "ended a sign-in: " + f.Device
	case TeamNamed:
		if f.Name == "" {
			return "gave the team its usual name back"
		}
		return "named the team " + f.Name
	}
	return string(e.Kind)
}

// since says from when it is true, when that is not when it was recorded.
func (c *chronicle) since(e *ledger.Entry) string {
	from, recorded := calendar.DateOf(e.EffectiveAt, c.place), calendar.DateOf(e.RecordedAt, c.place)
	if from == recorded {
		return ""
	}
	return ", from " + from.Long()
}

// changes names what differs between two descriptions of a person.
func changes(before, after Fact) string {
	var list []string
	for _, part := range [][3]string{{"the name", before.Name, after.Name}, {"the e-mail", before.Email, after.Email}, {"the title", before.Title, after.Title}} {
		switch {
		case part[1] == part[2]:
		case part[2] == "":
			list = append(list, fmt.Sprintf("%s (removed)", part[0]))
		default:
			list = append(list, fmt.Sprintf("%s to %s", part[0], part[2]))
		}
	}
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, ", ")
}
