package imports

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"milepost/internal/db"
)

// deal is what the file says about one deal, in order.
type deal struct {
	external string
	facts    []fact
	ids      []string // of the facts' entries
	bytes    int
	beyond   []reject // lines past what is taken of one deal
}

// batch is some whole deals, written in one transaction.
type batch struct {
	deals []deal
	facts int
	bytes int
}

func (b *batch) full(most limits) bool {
	return len(b.deals) >= most.batchDeals || b.facts >= most.batchFacts || b.bytes >= most.batchBytes
}

// eachBatch reads the sorted facts, gathers them into batches and hands them to
// work, gathering the next one meanwhile.
func (i *Import) eachBatch(ctx context.Context, work func(context.Context, *batch) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	ready := make(chan *batch, 1)
	go func() {
		defer close(ready)
		if err := i.gather(ctx, ready); err != nil {
			stop(err)
		}
	}()
	var done int64
	for b := range ready {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if err := work(ctx, b); err != nil {
			stop(err)
			for range ready { // let the gatherer end
			}
			return err
		}
		done += int64(b.facts)
		i.Progress(Progress{Writing: true, Read: i.size, Size: i.size, Facts: i.names.facts, Done: done, Total: i.names.facts})
	}
	return context.Cause(ctx)
}

// gather cuts the sorted facts into deals and batches.
func (i *Import) gather(ctx context.Context, ready chan<- *batch) error {
	b, current := &batch{}, deal{}
	send := func() error {
		select {
		case ready <- b:
			b = &batch{}
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	closeDeal := func() {
		current.identify()
		b.deals = append(b.deals, current)
		b.facts += len(current.facts) + len(current.beyond)
		b.bytes += current.bytes
		current = deal{}
	}
	var last fact
	err := i.facts.each(func(key, rest []byte) error {
		f := readFact(key, rest, &last)
		if last.opportunity != "" && f.opportunity != last.opportunity {
			closeDeal()
			if b.full(i.most) {
				if err := send(); err != nil {
					return err
				}
			}
		}
		current.take(f, i.most.dealBytes)
		last = f
		return nil
	})
	if err != nil || last.opportunity == "" {
		return err
	}
	closeDeal()
	return send()
}

func (d *deal) take(f fact, most int) {
	d.external = f.opportunity
	if d.bytes > most {
		reason := fmt.Sprintf("There is too much about this deal in one file: more than %d MB.", most>>20)
		d.beyond = append(d.beyond, reject{f.line, reason, f.asLine()})
		return
	}
	d.facts = append(d.facts, f)
	d.bytes += f.size()
}

// identify gives every fact the id of its entry, made from what it says. Lines that
// say the very same are told apart by their order.
func (d *deal) identify() {
	d.ids = make([]string, len(d.facts))
	var text []byte
	times := map[[10]byte]uint64{}
	for n := range d.facts {
		f := &d.facts[n]
		alone := !f.besides(d.facts, n-1) && !f.besides(d.facts, n+1)
		if !f.besides(d.facts, n-1) && !alone {
			clear(times)
		}
		text = f.appendIdentity(text[:0])
		sum := shortSum(text)
		if !alone {
			times[sum]++
			if again := times[sum] - 1; again > 0 {
				sum = shortSum(binary.AppendUvarint(text, again))
			}
		}
		d.ids[n] = db.IDFrom(f.at, sum)
	}
}

// besides tells whether the fact in a place is of the same instant and kind.
func (f *fact) besides(all []fact, place int) bool {
	return place >= 0 && place < len(all) && all[place].at == f.at && all[place].kind == f.kind
}

func (f *fact) appendIdentity(to []byte) []byte {
	for _, part := range []string{f.opportunity, f.kind.String(), f.name, f.value} {
		to = binary.AppendUvarint(to, uint64(len(part)))
		to = append(to, part...)
	}
	return binary.AppendVarint(to, int64(f.at))
}

func shortSum(text []byte) [10]byte {
	sum := sha256.Sum256(text)
	return [10]byte(sum[:10])
}
