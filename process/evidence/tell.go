package evidence

import (
	"slices"

	"milepost/internal/ledger"
)

// Tell gathers an entry of a room above about the deal, such as one of its evaluation
// plan, so that PutDown counts it into the deal's row. With an empty subject the entry
// is its own.
func (p *Pen) Tell(kind ledger.Kind, subject string, payload any) (ledger.Entry, error) {
	id := p.w.DB.NewID(p.w.By.At)
	if subject == "" {
		subject = id
	}
	e, err := p.w.AddAs(ledger.Entry{ID: id, RecordedAt: p.w.By.At, EffectiveAt: p.w.By.At, Kind: kind, Subject: subject, Opportunity: string(p.Deal.ID)}, payload)
	if err != nil {
		return e, err
	}
	p.entries = append(p.entries, e)
	return e, nil
}

// Entries lists all entries about the deal, with those that the pen gathered.
func (p *Pen) Entries() []ledger.Entry { return slices.Clone(p.entries) }
