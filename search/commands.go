package search

import (
	"milepost/internal/ui"
	"milepost/internal/web"
	"milepost/people"
)

// commands are the common things that people do, and the keys that lead to the lines
// of the navigation. What only a deal has is offered on the page of a deal.
var commands = []web.Command{
	{Command: ui.Command{Label: "New deal", Path: "/deals/new", Icon: "plus", Keys: "n"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Log an activity", Path: "/activities/new", Icon: "activity", Keys: "a", Mark: "log"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "New account", Path: "/accounts/new", Icon: "building"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "New contact", Path: "/contacts/new", Icon: "user"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Move this deal to another stage", Path: "/deals/{deal}/stage", Icon: "stairs-up"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Change the amount of this deal", Path: "/deals/{deal}/amount", Icon: "coins"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Move the close date of this deal", Path: "/deals/{deal}/close-date", Icon: "calendar-due"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Hand this deal over", Path: "/deals/{deal}/owner", Icon: "user-check"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Close this deal", Path: "/deals/{deal}/close", Icon: "flag-check"}, Rule: people.SeesDeals},
	{Command: ui.Command{Label: "Add a person", Path: "/people/new", Icon: "user-plus"}, Rule: people.Administers},
	{Command: ui.Command{Path: "/deals", Keys: "g d"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/board", Keys: "g b"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/accounts", Keys: "g a"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/contacts", Keys: "g c"}, Rule: people.SeesDeals},
	{Command: ui.Command{Path: "/monday", Keys: "g m"}, Rule: people.SignedIn},
	{Command: ui.Command{Path: "/day", Keys: "g y"}, Rule: people.SignedIn},
	{Command: ui.Command{Path: "/forecasts", Keys: "g f"}, Rule: people.SeesTotals},
	{Command: ui.Command{Path: "/targets", Keys: "g t"}, Rule: people.SeesTotals},
	{Command: ui.Command{Path: "/people", Keys: "g p"}, Rule: people.SignedIn},
}
