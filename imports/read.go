package imports

import (
	"context"
	"io"
	"time"

	"milepost/deals"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// readAll reads the file to its end: facts go to the sorter, other lines to the
// rejects. Nothing is written to the ledger before it is over.
func (i *Import) readAll(ctx context.Context) error {
	lines, err := open(i.read, i.most.expanded)
	if err != nil {
		return err
	}
	obey := rules{latest: i.began.Add(24 * time.Hour), currencies: map[string]money.Currency{}}
	var rec record
	var key, rest []byte
	seen := int64(0)
	for {
		if err := lines.next(&rec); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		if seen++; seen%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			i.Progress(i.reading())
		}
		f, reason := obey.read(&rec)
		if reason != "" {
			if err := i.rejects.record(&rec, reason); err != nil {
				return err
			}
			continue
		}
		i.noteNames(&f)
		key, rest = f.appendKey(key[:0]), f.appendRest(rest[:0])
		if err := i.facts.add(key, rest); err != nil {
			return err
		}
		i.names.facts++
	}
	if seen == 0 {
		return problem.Invalid("file", "The file has a header and nothing below it.")
	}
	i.Progress(i.reading())
	return ctx.Err()
}

func (i *Import) reading() Progress {
	return Progress{Read: i.read.read.Load(), Size: i.size, Facts: i.names.facts}
}

// noteNames remembers since when a person or an account appears in the file, and
// which currency is the commonest.
func (i *Import) noteNames(f *fact) {
	switch f.kind {
	case owner:
		i.names.peopleSince.note(people.Key(f.name), f.at)
	case account:
		i.names.accountsSince.note(deals.AccountKey(f.name), f.at)
	case amount:
		i.names.noteCurrency(f.name)
	}
}
