package audits

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/process"
)

// Claim is a claim that stands and that nobody confirmed: what a draw is made from.
type Claim struct {
	Deal      deals.ID
	Milestone process.MilestoneID
	Name      string
	Rep       people.ID // who owns the deal
	Amount    *money.Amount
	ClaimedAt calendar.Instant
	Bare      bool // nothing in the deal is confirmed
}

// Past is how the last audits of a rep ended, at most remembered of them.
type Past struct{ Passed, Rejected int }

const (
	remembered = 8 // audits of a rep that count for how many are drawn
	mostOfOne  = 4 // claims of one rep in a week
	manyClaims = 6 // from so many on, two are drawn
	fewAudits  = 3 // below so many, the past says nothing
)

// sample is how many of a rep's claims are drawn: one at least, more where there are
// many, and more where claims did not hold.
func (p Past) sample(claims int) int {
	judged, n := p.Passed+p.Rejected, 1
	if claims >= manyClaims {
		n++
	}
	if judged >= fewAudits && 4*p.Rejected >= judged {
		n++
	}
	if judged >= fewAudits && 2*p.Rejected >= judged {
		n++
	}
	return min(n, claims, mostOfOne)
}

// tells is whether the past raised the number.
func (p Past) tells() bool { return Past{}.sample(mostOfOne) < p.sample(mostOfOne) }

// Draw draws the sample of a week: of each rep some claims, without replacement, the
// weightier ones sooner. The same claims, seen at the same instant, give the same draw
// in any order: each claim's chance comes from the organization, the week and the claim.
// Source of the way of drawing: Efraimidis and Spirakis 2006, weighted random sampling
// with a reservoir (the smallest of -log(u)/weight are taken).
func Draw(org db.Org, week calendar.Date, at deals.Now, claims []Claim, past map[people.ID]Past) []Choice {
	byRep := map[people.ID][]Claim{}
	var reps []people.ID
	for _, c := range claims {
		if len(byRep[c.Rep]) == 0 {
			reps = append(reps, c.Rep)
		}
		byRep[c.Rep] = append(byRep[c.Rep], c)
	}
	slices.Sort(reps)
	var list []Choice
	for _, rep := range reps {
		list = append(list, drawOf(seed(org, week), at, byRep[rep], past[rep])...)
	}
	return list
}

// Choice is a claim that was drawn, and why.
type Choice struct {
	Claim
	Why string
	key float64
}

func drawOf(seed [sha256.Size]byte, at deals.Now, claims []Claim, past Past) []Choice {
	largest := largestOf(claims)
	n := past.sample(len(claims))
	list := make([]Choice, len(claims))
	for i, c := range claims {
		list[i] = Choice{Claim: c, Why: c.why(at, largest, past, n), key: -math.Log(c.chance(seed)) / c.weight(at, largest)}
	}
	slices.SortFunc(list, func(a, b Choice) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.Deal, b.Deal), cmp.Compare(a.Milestone, b.Milestone))
	})
	return list[:n]
}

// seed is what the chances of a week are made from.
func seed(org db.Org, week calendar.Date) [sha256.Size]byte {
	return sha256.Sum256([]byte("audits\x00" + string(org) + "\x00" + string(week)))
}

// chance is a number between 0 and 1, evenly spread and the claim's own.
func (c *Claim) chance(seed [sha256.Size]byte) float64 {
	sum := sha256.Sum256(fmt.Appendf(seed[:], "%s\x00%s\x00%d", c.Deal, c.Milestone, c.ClaimedAt))
	return (float64(binary.BigEndian.Uint64(sum[:8])>>11) + 0.5) / (1 << 53)
}
