package accounts

import (
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/problem"
)

// Role is the part that someone plays in a buying decision.
type Role string

// The buying roles.
const (
	EconomicBuyer      Role = "economic buyer"
	Champion           Role = "champion"
	User               Role = "user"
	TechnicalEvaluator Role = "technical evaluator"
	Legal              Role = "legal"
	Coach              Role = "coach"
	Blocker            Role = "blocker"
	OtherRole          Role = "other"
)

// Roles lists them in the order in which screens show them.
var Roles = []Role{EconomicBuyer, Champion, User, TechnicalEvaluator, Legal, Coach, Blocker, OtherRole}

// Label is the role as a person reads it.
func (r Role) Label() string {
	switch r {
	case Legal:
		return "Legal or procurement"
	case OtherRole:
		return "Other part"
	}
	return upperFirst(string(r))
}

// Influences and Attitudes list what may be said; empty means that nobody knows.
var (
	Influences = []string{"", "low", "medium", "high"}
	Attitudes  = []string{"", "for", "neutral", "against"}
)

// Standing is where someone stands in one deal; an empty role is nowhere.
type Standing struct {
	Role      Role   `json:"role,omitempty" db:"role"`
	Influence string `json:"influence,omitempty" db:"influence"`
	Attitude  string `json:"attitude,omitempty" db:"attitude"`
}

// Involvement is someone's standing in a deal, and since when.
type Involvement struct {
	Deal deals.ID `db:"opportunity_id"`
	Standing
	Since calendar.Instant `db:"since_at"`
}

// check refuses what is not on the lists.
func (s Standing) check() error {
	switch {
	case s.Role == "" && s != Standing{}:
		return problem.Invalid("role", "Say which part this person plays in the deal.")
	case s.Role != "" && !slices.Contains(Roles, s.Role):
		return problem.Invalid("role", "“%s” is not a buying role.", clip(string(s.Role)))
	case !slices.Contains(Influences, s.Influence):
		return problem.Invalid("influence", "Influence is low, medium or high.")
	case !slices.Contains(Attitudes, s.Attitude):
		return problem.Invalid("attitude", "An attitude is for, neutral or against.")
	}
	return nil
}

// words is the standing in running text.
func (s Standing) words() string {
	if s.Role == "" {
		return "no part"
	}
	text := lowerFirst(s.Role.Label())
	if s.Influence != "" {
		text += ", " + s.Influence + " influence"
	}
	if s.Attitude != "" {
		text += ", " + s.Attitude
	}
	return text
}

// Gap is something that a deal is better off with, and has not got yet.
type Gap struct{ Title, Sentence string }

// Gaps looks at who stands where in a deal, and invites to find who is missing.
func Gaps(standings []Standing) []Gap {
	has := func(r Role) bool {
		return slices.ContainsFunc(standings, func(s Standing) bool { return s.Role == r })
	}
	var gaps []Gap
	if !has(EconomicBuyer) {
		gaps = append(gaps, Gap{"Who decides on the money?", "No economic buyer is known yet. Ask whoever you talk to who signs, and how such a decision was made last time."})
	}
	if !has(Champion) {
		gaps = append(gaps, Gap{"Who sells it when you are not in the room?", "There is no champion yet: someone with influence who wins when you win."})
	}
	if !has(User) && !has(TechnicalEvaluator) {
		gaps = append(gaps, Gap{"Who will work with it?", "Neither a user nor a technical evaluator is known. Whoever is left out now finds faults later."})
	}
	unknown := 0
	for _, s := range standings {
		if s.Attitude == "" {
			unknown++
		}
	}
	if unknown > 0 && unknown == len(standings) {
		gaps = append(gaps, Gap{"For you, or against you?", "Nobody's attitude is known yet. A guess that you check is better than a surprise."})
	}
	return gaps
}
