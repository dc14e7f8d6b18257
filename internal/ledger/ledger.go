// Package ledger keeps what anyone recorded, in the order in which it was
// committed: who recorded what about which subject, when the system came to know,
// and when it was true. Nothing is changed afterwards; a correction is a further
// entry. The tables that screens read are written in the same transaction and can
// be made again from the ledger, so the ledger is what an auditor needs to read.
//
// Entries of one organization are numbered without a gap, in commit order, and
// each is chained to the one before by a hash. A reader who keeps a bookmark (see
// Follow) therefore misses nothing and sees nothing twice.
package ledger

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"slices"

	"milepost/calendar"
	"milepost/internal/db"
)

// Schema holds the tables of the ledger.
//
//go:embed schema
var Schema embed.FS

// Kind says what an entry states, as noun and past participle
// ("opportunity.stage_set"); the room whose kind it is documents its payload.
type Kind string

// Erased is the kind of the entry that records an erasure; its payload lists the
// sequences whose payloads were emptied.
const Erased Kind = "ledger.erased"

// Via says by which way an entry came in.
type Via string

// The ways in.
const (
	ViaWeb       Via = "web"
	ViaAPI       Via = "api"
	ViaImport    Via = "import"
	ViaJob       Via = "job"
	ViaBuyerLink Via = "buyer link"
	ViaCommand   Via = "command line"
)

// Entry is one line of the ledger.
type Entry struct {
	Sequence    int64            `db:"sequence"` // from 1, without a gap, in commit order
	ID          string           `db:"id"`       // UUIDv7; made by the phone for what was recorded offline
	RecordedAt  calendar.Instant `db:"recorded_at"`
	EffectiveAt calendar.Instant `db:"effective_at"`
	Actor       string           `db:"actor"` // a person's id, or empty for the system
	Via         Via              `db:"via"`
	Kind        Kind             `db:"kind"`
	Subject     string           `db:"subject"`        // the id of what it is about
	Opportunity string           `db:"opportunity_id"` // the deal it belongs to, if any
	Payload     string           `db:"payload"`        // JSON; empty after an erasure
	Salt        string           `db:"salt"`           // keeps a short payload from being guessed from its hash
	PayloadHash string           `db:"payload_hash"`
	Hash        string           `db:"hash"`
}

// Read unpacks the payload; an erased payload leaves the target as it was.
func (e *Entry) Read(into any) error {
	if e.Payload == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(e.Payload), into); err != nil {
		return fmt.Errorf("reading the payload of entry %d: %w", e.Sequence, err)
	}
	return nil
}

// By is who records, by which way, and when.
type By struct {
	Actor string
	Via   Via
	At    calendar.Instant
}

// Writer gathers the entries of one transaction. Its DB is the transaction: what
// an entry says is written to the tables through it, so both happen or neither.
type Writer struct {
	DB      *db.DB
	By      By
	place   head // before the gathered entries
	entries []Entry
}

// Record runs work in a transaction that holds the organization's place in the
// ledger, then appends what work added. The handle must be confined to the
// organization. The place is taken first, so that writers never wait for each
// other in a circle.
func Record(ctx context.Context, d *db.DB, by By, work func(*Writer) error) error {
	if d.Org() == "" {
		return fmt.Errorf("recording an entry: the database handle is not confined to an organization")
	}
	done, err := d.Turn(ctx)
	if err != nil {
		return fmt.Errorf("waiting to write: %w", err)
	}
	defer done()
	return d.InTx(ctx, func(tx *db.DB) error {
		place, err := takePlace(ctx, tx)
		if err != nil {
			return fmt.Errorf("taking the place in the ledger: %w", err)
		}
		w := &Writer{DB: tx, By: by, place: place}
		if err := work(w); err != nil {
			return err
		}
		return w.append(ctx)
	})
}

// Add gathers an entry that is true from effective on, and gives it back with its
// id and sequence.
func (w *Writer) Add(kind Kind, subject, opportunity string, effective calendar.Instant, payload any) (Entry, error) {
	return w.AddAs(Entry{
		ID: w.DB.NewID(w.By.At), RecordedAt: w.By.At, EffectiveAt: effective,
		Kind: kind, Subject: subject, Opportunity: opportunity,
	}, payload)
}

// AddAs gathers an entry whose id and instants the caller gives: a fact from a
// log, or one that a phone kept while it had no network.
func (w *Writer) AddAs(entry Entry, payload any) (Entry, error) {
	packed, err := json.Marshal(payload)
	if err != nil {
		return entry, fmt.Errorf("packing a %s entry: %w", entry.Kind, err)
	}
	entry.Sequence = w.place.Sequence + int64(len(w.entries)) + 1
	entry.Actor, entry.Via = w.By.Actor, w.By.Via
	entry.Payload = string(packed)
	w.entries = append(w.entries, entry)
	return entry, nil
}

// SaysOfDeals tells whether any gathered entry is about a deal.
func (w *Writer) SaysOfDeals() bool {
	return slices.ContainsFunc(w.entries, func(e Entry) bool { return e.Opportunity != "" })
}

// OfOpportunity lists the gathered entries about a deal: they are not in the database
// before the work is done, and whoever folds the deal meanwhile must not miss them.
func (w *Writer) OfOpportunity(opportunity string) (list []Entry) {
	for _, e := range w.entries {
		if e.Opportunity == opportunity && opportunity != "" {
			list = append(list, e)
		}
	}
	return list
}

// append chains the gathered entries and writes them.
func (w *Writer) append(ctx context.Context) error {
	if len(w.entries) == 0 {
		return nil
	}
	last := w.place
	salts := newSalts(len(w.entries))
	for i := range w.entries {
		e := &w.entries[i]
		e.Salt = salts[i]
		e.PayloadHash = hashPayload(e.Salt, e.Payload)
		e.Hash = chain(last.Hash, w.DB.Org(), e)
		last = head{e.Sequence, e.Hash}
	}
	if err := insertEntries(ctx, w.DB, w.entries); err != nil {
		return fmt.Errorf("appending to the ledger: %w", err)
	}
	return moveHead(ctx, w.DB, last)
}
