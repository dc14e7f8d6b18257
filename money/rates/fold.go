package rates

import (
	"time"

	"milepost/calendar"
	"milepost/internal/ledger"
	"milepost/people"
)

// The kinds of entry. Their subject is Subject, and their payload a Fact: the rates of
// one day, given at once.
const (
	Given     ledger.Kind = "exchange_rates.given"
	TakenBack ledger.Kind = "exchange_rates.taken_back"
)

// Subject is what the entries of rates are about: an organization has one book of them.
const Subject = "exchange rates"

// Fact is the payload of an entry.
type Fact struct {
	Rates []Rate `json:"rates"`
}

// Version is what was said of one rate at one time.
type Version struct {
	Rate
	Gone       bool // it was taken back
	By         people.ID
	RecordedAt calendar.Instant
	Sequence   int64
}

// Fold lists what entries say of rates, in their order; whatever else is among them, and
// what was erased, says nothing.
func Fold(entries []ledger.Entry) (list []Version, err error) {
	for i := range entries {
		e := &entries[i]
		if e.Kind != Given && e.Kind != TakenBack {
			continue
		}
		var f Fact
		if err := e.Read(&f); err != nil {
			return nil, err
		}
		for _, r := range f.Rates {
			list = append(list, Version{r, e.Kind == TakenBack, people.ID(e.Actor), e.RecordedAt, e.Sequence})
		}
	}
	return list, nil
}

// Standing is what stands after versions in their order: the last of each pair and day,
// unless it was taken back.
func Standing(versions []Version) []Version {
	type place struct {
		pair Pair
		day  calendar.Date
	}
	last := make(map[place]int, len(versions))
	for i := range versions {
		last[place{versions[i].Pair(), versions[i].Day}] = i
	}
	var list []Version
	for i := range versions {
		if v := &versions[i]; last[place{v.Pair(), v.Day}] == i && !v.Gone {
			list = append(list, *v)
		}
	}
	return list
}

// AsOf is the book as it was known as of an instant: of what was recorded before it, the
// rates of days that had begun before it.
func AsOf(versions []Version, asOf calendar.Instant, place *time.Location) Book {
	var known []Version
	begun := calendar.DateOf(asOf-1, place)
	for _, v := range versions {
		if v.RecordedAt < asOf && v.Day <= begun {
			known = append(known, v)
		}
	}
	return NewBook(plain(Standing(known)))
}

func plain(versions []Version) []Rate {
	list := make([]Rate, len(versions))
	for i := range versions {
		list[i] = versions[i].Rate
	}
	return list
}
