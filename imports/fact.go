package imports

import (
	"bytes"
	"encoding/binary"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
)

// kind is what a line says. Facts of one deal and one instant are taken in the
// order of the kinds.
type kind uint8

const (
	created kind = iota
	account
	owner
	attribute
	amount
	closeDate
	stage
	milestone
	criterion
	activity
	call
	outcome
)

var kindWords = [...]string{"created", "account", "owner", "attribute", "amount", "close_date", "stage", "milestone",
	"criterion", "activity", "call", "outcome"}

var ledgerKinds = [...]ledger.Kind{deals.Created, deals.AccountSet, deals.OwnerSet, deals.AttributeSet,
	deals.AmountSet, deals.CloseDateSet, deals.StageSet, deals.MilestoneRecorded, deals.CriterionAssessed,
	deals.ActivityLogged, deals.CallGiven, deals.Closed}

func (k kind) String() string { return kindWords[k] }

// fact is a line that can be read: one thing that became known about one deal.
type fact struct {
	opportunity string // its id in the system it came from
	at          calendar.Instant
	kind        kind
	line        int64
	written     string // the instant as it was written
	name, value string
}

// appendKey adds the bytes by which facts are sorted: deal, instant, kind, line. A
// deal's id holds no zero byte, so the shorter of two ids comes first.
func (f *fact) appendKey(to []byte) []byte {
	to = append(append(to, f.opportunity...), 0)
	to = binary.BigEndian.AppendUint64(to, uint64(f.at)^1<<63) // negative instants first
	to = append(to, byte(f.kind))
	return binary.BigEndian.AppendUint64(to, uint64(f.line))
}

// appendRest adds what the key does not say.
func (f *fact) appendRest(to []byte) []byte {
	written := f.written
	if written == f.at.String() {
		written = ""
	}
	to = append(to, byte(len(written)))
	to = append(to, written...)
	to = binary.AppendUvarint(to, uint64(len(f.name)))
	to = append(to, f.name...)
	return append(to, f.value...)
}

// readFact makes a fact from its key and the rest. Facts of one deal share its id.
func readFact(key, rest []byte, before *fact) fact {
	end := len(key) - 17
	f := fact{
		at:   calendar.Instant(binary.BigEndian.Uint64(key[end:]) ^ 1<<63),
		kind: kind(key[end+8]),
		line: int64(binary.BigEndian.Uint64(key[end+9:])),
	}
	if id := bytes.TrimSuffix(key[:end], []byte{0}); string(id) == before.opportunity {
		f.opportunity = before.opportunity
	} else {
		f.opportunity = string(id)
	}
	text := string(rest)
	f.written, text = text[1:1+text[0]], text[1+text[0]:]
	nameLen, used := binary.Uvarint(rest[1+len(f.written):])
	f.name, f.value = text[used:used+int(nameLen)], text[used+int(nameLen):]
	if f.written == "" {
		f.written = f.at.String()
	}
	return f
}

// size is about how much memory the fact takes.
func (f *fact) size() int { return 160 + len(f.name) + len(f.value) }

// date is the date that a close_date line names: in the column value, or, as some
// logs have it, in the column name.
func (f fact) date() string {
	if f.value != "" {
		return f.value
	}
	return f.name
}
