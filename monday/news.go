package monday

import (
	"strings"

	"milepost/activities"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money/rates"
	"milepost/people"
	"milepost/targets"
)

// news is what the ledger says new, by what a page has to read anew for it.
type news struct {
	deals    map[string]bool
	accounts []string // of which anything changed, by their ids
	spoken   []string // deals in which only something was logged
	erased   bool     // what was said may be gone from anywhere
	people   bool     // who works here, and who reports to whom
	targets  bool
	rates    bool // of exchange
	heard    bool // of when people did what, more than that something was logged
}

// aboutPeople are the kinds of entry on which it depends who is here, in which part, and
// who reports to whom.
var aboutPeople = map[ledger.Kind]bool{people.OrganizationFounded: true, people.OrganizationChanged: true, people.Joined: true,
	people.Described: true, people.ReportsTo: true, people.RoleGranted: true, people.RoleRevoked: true, people.Left: true,
	people.Returned: true, people.Erased: true}

// aboutDoings are the kinds on which it depends who did what when.
var aboutDoings = map[ledger.Kind]bool{activities.Planned: true, activities.Corrected: true, activities.Withdrawn: true}

func newsOf(list []touched) news {
	n := news{deals: map[string]bool{}}
	for _, t := range list {
		switch {
		case t.Kind == ledger.Erased:
			n.erased = true
		case aboutPeople[t.Kind]:
			n.people = true
		case t.Kind == targets.QuotaSet || t.Kind == targets.TeamTargetSet:
			n.targets = true
		case t.Deal == "" && t.Subject == rates.Subject:
			n.rates = true
		case t.Deal == "" && strings.HasPrefix(string(t.Kind), "account."):
			n.accounts = append(n.accounts, t.Subject)
		}
		if t.Deal != "" {
			n.deals[t.Deal] = true
			n.heard = n.heard || aboutDoings[t.Kind]
			if t.Kind == deals.ActivityLogged {
				n.spoken = append(n.spoken, t.Deal)
			}
		}
	}
	return n
}
