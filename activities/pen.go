package activities

import (
	"context"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// pen writes about one deal: it reads the deal's entries, adds further ones, and
// settles what they come to. What is decided on is the folder made from the ledger,
// never a table that may be a moment behind.
type pen struct {
	w       *ledger.Writer
	deal    deals.Opportunity
	entries []ledger.Entry
	Folder
}

// takeUp readies a pen for a deal that the person sees.
func takeUp(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID) (*pen, error) {
	o, err := deals.FindFor(ctx, w.DB, v, deal)
	if err != nil {
		return nil, err
	}
	return penFor(ctx, w, o)
}

func penFor(ctx context.Context, w *ledger.Writer, o deals.Opportunity) (*pen, error) {
	entries, err := ledger.OfOpportunity(ctx, w.DB, w.DB.Org(), string(o.ID))
	if err != nil {
		return nil, err
	}
	entries = append(entries, w.OfOpportunity(string(o.ID))...) // of another activity of the deal, in the same change of many
	folder, err := Fold(entries)
	return &pen{w: w, deal: o, entries: entries, Folder: folder}, err
}

// add adds an entry that is true now.
func (p *pen) add(kind ledger.Kind, subject ID, payload any) (ID, error) {
	return p.addAt(kind, subject, p.w.By.At, payload)
}

// addAt adds an entry that is true from an instant on. Without a subject it is about
// the deal, and begins something of its own.
func (p *pen) addAt(kind ledger.Kind, subject ID, from calendar.Instant, payload any) (ID, error) {
	if subject == "" {
		subject = ID(p.deal.ID)
	}
	e, err := p.w.Add(kind, string(subject), string(p.deal.ID), from, payload)
	p.entries = append(p.entries, e)
	return ID(e.ID), err
}

// begin adds an entry that is its own subject: the first of a note.
func (p *pen) begin(kind ledger.Kind, payload any) (ID, error) {
	id := db.NewID(p.w.By.At)
	e, err := p.w.AddAs(ledger.Entry{ID: id, RecordedAt: p.w.By.At, EffectiveAt: p.w.By.At, Kind: kind, Subject: id,
		Opportunity: string(p.deal.ID)}, payload)
	p.entries = append(p.entries, e)
	return ID(id), err
}

// putDown writes the deal's row, which counts activities, and this room's rows.
func (p *pen) putDown(ctx context.Context) error {
	told := map[deals.ID][]ledger.Entry{p.deal.ID: p.entries}
	if err := deals.Rewrite(ctx, p.w.DB, told, []deals.ID{p.deal.ID}, nil); err != nil {
		return err
	}
	return settle(ctx, p.w.DB, p.deal.ID, p.entries)
}

// settle writes what the entries of a deal come to: only what differs is touched.
func settle(ctx context.Context, tx *db.DB, deal deals.ID, entries []ledger.Entry) error {
	folder, err := Fold(entries)
	if err != nil {
		return err
	}
	if err := activityTable.settle(ctx, tx, deal, folder.Activities); err != nil {
		return err
	}
	if err := noteTable.settle(ctx, tx, deal, folder.Notes); err != nil {
		return err
	}
	if err := stepTable.settle(ctx, tx, deal, folder.Steps); err != nil {
		return err
	}
	return fileTable.settle(ctx, tx, deal, folder.Files)
}

// findIn looks a record up in a list of the folder, by its id.
func findIn[T any](list []T, id func(T) ID, wanted ID, missing string) (*T, error) {
	for i := range list {
		if id(list[i]) == wanted {
			return &list[i], nil
		}
	}
	return nil, problem.NotFound("%s", missing)
}
