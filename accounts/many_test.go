package accounts_test

import (
	"fmt"
	"testing"

	"milepost/accounts"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/money"
	"milepost/people"
)

// Whoever leads many is shown and told the same as one who leads few: what their line
// sells to or looks after, and nothing of others. Ben gets seventy reps; of every five
// new accounts his line has a deal with two, looks after one more, and two are not his
// to see.
func TestALongLineSeesWhatAShortOneDoes(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ids := h.sellTo(h.hireFor(h.Ben, 70), 130)
		ben := h.as(h.Ben)
		// Six accounts are there already, with what is open at them.
		ben.Get("/accounts").Is(200).Has("84 accounts", "EUR 64,000").Lacks("Firm 003", "Firm 004")
		ben.Get("/accounts?sort=created").Is(200).Has("84 accounts", "EUR 64,000")
		ben.Get("/accounts?q=firm").Is(200).Has("78 accounts", "EUR 26,000").Lacks("Firm 003", "Firm 004")
		ben.Get("/contacts?q=pat").Is(200).Has("78 contacts", "Pat 000").Lacks("Pat 003", "Pat 004")
		ben.Get("/contacts?q=firm+pat&sort=-created").Is(200).Has("78 contacts", "Pat 127").Lacks("Pat 000", "Pat 128", "Pat 129")
		ben.Get("/contacts").Is(200).Has("78 contacts").Lacks("Pat 003", "Pat 004")
		ben.Get("/contacts?q=pat+012").Is(200).Has("Pat 012", "1 contact")
		h.as(h.Cleo).Get("/contacts?q=pat+012").Is(200).Lacks("Pat 012")
		ben.Get("/accounts/" + string(ids[2])).Is(200)
		ben.Get("/accounts/" + string(ids[3])).Is(404)
		// What nobody sells to any more, and what went into another, is counted once or not.
		h.record(h.Olga, func(w *ledger.Writer) error {
			_, err := accounts.Set(t.Context(), w, ids[0], "owner", string(h.Ben.ID), 0)
			return err
		})
		h.record(h.Olga, func(w *ledger.Writer) error {
			_, err := accounts.Merge(t.Context(), w, ids[2], ids[1])
			return err
		})
		ben.Get("/accounts").Is(200).Has("83 accounts", "EUR 64,000")
		ben.Get("/accounts?q=firm").Is(200).Has("77 accounts")
	})
}

// All with open deals is more than a page, too.
func TestALongLineCountsWhatIsOpen(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.sellTo(h.hireFor(h.Ben, 70), 300)
		h.as(h.Ben).Get("/accounts?show=open").Is(200).Has("63 accounts", "EUR 98,000").Lacks("Firm 001", "Firm 002", "Firm 003")
		h.as(h.Ben).Get("/accounts?show=unknown&sort=-created").Is(200).Lacks("Firm")
		// What cannot be asked for narrows nothing, and widens nothing.
		h.as(h.Ben).Get("/accounts?show=left&sort=-created").Is(200).Has("Firm 297").Lacks("Firm 298", "Firm 299")
	})
}

// hireFor joins reps who report to a manager.
func (h *house) hireFor(manager people.Person, many int) (reps []people.Person) {
	h.record(h.Olga, func(w *ledger.Writer) error {
		for i := range many {
			p, err := people.Join(h.t.Context(), w, people.Person{Name: fmt.Sprint("Rep ", i)}, 1)
			if err == nil {
				err = people.Grant(h.t.Context(), w, p.ID, people.Rep)
			}
			if err == nil {
				err = people.SetManager(h.t.Context(), w, p.ID, manager.ID, 1)
			}
			if err != nil {
				return err
			}
			reps = append(reps, p)
		}
		return nil
	})
	return reps
}

// sellTo makes accounts with a contact each: by turns with an open deal of a rep, a
// lost one, none but a rep who looks after it, an open deal of someone else, and nothing.
func (h *house) sellTo(reps []people.Person, many int) (ids []accounts.ID) {
	for i := range many {
		rep := reps[i%len(reps)]
		h.record(h.Olga, func(w *ledger.Writer) error {
			firm := accounts.Account{Name: fmt.Sprintf("Firm %03d", i)}
			if i%5 == 2 {
				firm.Owner = rep.ID
			}
			a, err := accounts.Open(h.t.Context(), w, firm)
			if err != nil {
				return err
			}
			ids = append(ids, a.ID)
			if _, err = accounts.AddContacts(h.t.Context(), w, accounts.Contact{Account: a.ID, Name: fmt.Sprintf("Pat %03d", i)}); err != nil {
				return err
			}
			owner := rep
			switch i % 5 {
			case 3:
				owner = h.Finn
			case 2, 4:
				return nil
			}
			changes := []deals.Change{{Kind: deals.Created, Fact: deals.Fact{Value: "Deal"}},
				{Kind: deals.AccountSet, Fact: deals.Fact{Account: a.ID, Value: a.Name}},
				{Kind: deals.OwnerSet, Fact: deals.Fact{Person: owner.ID, Value: owner.Name}},
				{Kind: deals.AmountSet, Fact: deals.Fact{Amount: &money.Amount{Minor: 1000_00, Currency: "EUR"}}}}
			if i%5 == 1 {
				changes = append(changes, deals.Change{Kind: deals.Closed, Fact: deals.Fact{Name: string(deals.Lost)}})
			}
			_, err = deals.Open(h.t.Context(), w, changes...)
			return err
		})
	}
	return ids
}
