package reference

import (
	"cmp"
	"slices"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/people"
)

// Set is the kind of the entry that puts a table in force. It belongs to no deal; its
// subject is Subject, and its payload a Fact.
const Set ledger.Kind = "reference_table.set"

// Subject is what the entries of tables are about: an organization has one.
const Subject = "reference table"

// Fact is the payload of such an entry.
type Fact struct {
	Number int    `json:"number"` // 1 for the first that took the place of the shipped one
	Table  Table  `json:"table"`
	Reason string `json:"reason"`
}

// Version is a table as it was set.
type Version struct {
	Number int // 0 is the one that ships, which nobody set
	Table
	Reason      string
	By          people.ID
	RecordedAt  calendar.Instant
	EffectiveAt calendar.Instant
	Sequence    int64 // of its entry
}

// AsShipped is the table before anyone set one.
func AsShipped() Version { return Version{Table: Shipped()} }

// Same tells whether two tables assume the same.
func (t Table) Same(other Table) bool {
	return slices.Equal(t.Rungs, other.Rungs) && t.Milestones == other.Milestones && t.Criteria == other.Criteria
}

// Fold makes of entries, whatever else is among them, the tables that they set, in the
// order in which they were recorded. An entry whose payload was erased sets nothing.
func Fold(entries []ledger.Entry) ([]Version, error) {
	var list []Version
	for i := range entries {
		e := &entries[i]
		if e.Kind != Set || e.Payload == "" {
			continue
		}
		var f Fact
		if err := e.Read(&f); err != nil {
			return nil, err
		}
		list = append(list, Version{f.Number, f.Table, f.Reason, people.ID(e.Actor), e.RecordedAt, e.EffectiveAt, e.Sequence})
	}
	return list, nil
}

// InForce is the table that was in force as of an instant: the last that was true before
// it, of those recorded before it; the shipped one while there was none.
func InForce(versions []Version, asOf calendar.Instant) Version {
	now := AsShipped()
	for _, v := range versions {
		if v.RecordedAt < asOf && v.EffectiveAt < asOf && !v.before(&now) {
			now = v
		}
	}
	return now
}

func (v *Version) before(other *Version) bool {
	return other.Number > 0 && cmp.Or(cmp.Compare(v.EffectiveAt, other.EffectiveAt), cmp.Compare(v.Sequence, other.Sequence)) < 0
}
