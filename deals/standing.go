package deals

import (
	"fmt"
	"slices"
	"strings"

	"milepost/internal/ledger"
)

// stood is what an entry left standing of the stage, or of the expected close: itself
// on top of what stood before it.
type stood struct {
	at    int // the place of the entry in its list
	value string
	below *stood
}

// standings is what stands of one kind of fact, and what stood before the last word
// on it.
type standings struct {
	now, before *stood
	last        int64 // the sequence of the last word
}

// Standing leaves out the moves of a stage, and the moves of an expected close, that
// were taken back, with the entries that took them back: a slip of the hand and its
// undoing neither begin the days at the stage anew nor count as a slip of the date.
// An entry takes another one back only when it says so, when nothing was said of the
// same in between, and when its value is what stood before; any other entry counts as
// it is. So the value that stands is always the one that the last entry states,
// whether or not its reader knows of undoing, and what was known before something was
// taken back still shows what was shown then. Entries come in the order in which they
// were true.
func Standing(entries []ledger.Entry) ([]ledger.Entry, error) {
	if !slices.ContainsFunc(entries, mayTakeBack) {
		return entries, nil
	}
	kinds := map[ledger.Kind]*standings{StageSet: {}, CloseDateSet: {}}
	for i := range entries {
		s := kinds[entries[i].Kind]
		if s == nil {
			continue
		}
		var fact Fact
		if err := entries[i].Read(&fact); err != nil {
			return nil, fmt.Errorf("reading what stands of deal %s: %w", entries[i].Opportunity, err)
		}
		s.take(i, entries[i].Sequence, &fact)
	}
	counts := make([]bool, len(entries))
	for i := range entries {
		counts[i] = kinds[entries[i].Kind] == nil
	}
	for _, s := range kinds {
		for one := s.now; one != nil; one = one.below {
			counts[one.at] = true
		}
	}
	var left []ledger.Entry
	for i := range entries {
		if counts[i] {
			left = append(left, entries[i])
		}
	}
	return left, nil
}

// take takes in the next word. Taking back what took something back gives it back.
func (s *standings) take(at int, sequence int64, fact *Fact) {
	value := fact.Value + string(fact.Date) // a stage has no date, an expected close nothing else
	if fact.Undoes != 0 && fact.Undoes == s.last && s.before.says() == value {
		s.now, s.before = s.before, s.now
	} else {
		s.now, s.before = &stood{at, value, s.now}, s.now
	}
	s.last = sequence
}

func (s *stood) says() string {
	if s == nil {
		return ""
	}
	return s.value
}

// mayTakeBack tells from the packed payload whether an entry can take another one
// back. Quotes in what people write are escaped there.
func mayTakeBack(e ledger.Entry) bool {
	return (e.Kind == StageSet || e.Kind == CloseDateSet) && strings.Contains(e.Payload, `"undoes":`)
}
