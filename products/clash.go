package products

import (
	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/people"
)

// clash is what someone else did to a field while it was being edited.
type clash struct {
	By          string
	At          calendar.Instant
	Before, Now string
}

// clashIn looks for changes of a field after the version that a form was made from.
func (k desk) clashIn(id ID, field string, version int64, mine string) (*clash, error) {
	entries, err := ledger.OfSubject(k.ctx, k.d, k.v.Org, string(id))
	if err != nil {
		return nil, err
	}
	var found *clash
	by := people.ID("")
	for i := range entries {
		var c Change
		if e := &entries[i]; e.Sequence > version && e.Kind == ProductChanged && e.Read(&c) == nil && c.Field == field {
			if found == nil {
				found = &clash{Before: c.From}
			}
			by, found.At, found.Now = people.ID(e.Actor), e.RecordedAt, c.To
		}
	}
	if found == nil || found.Now == mine || found.Before == found.Now {
		return nil, nil
	}
	named, err := names(k.ctx, k.d, []people.ID{by})
	if found.By = named[by]; found.By == "" {
		found.By = "Someone"
	}
	return found, err
}
