package monday

import "milepost/internal/ledger"

// dealByDeal hands on what is read about deals, all entries of a deal together, where they come
// deal by deal. The list that is handed on holds until the next.
func dealByDeal(read func(visit func(*ledger.Entry) error) error, take func([]ledger.Entry) error) error {
	var entries []ledger.Entry
	settle := func() error {
		if len(entries) == 0 {
			return nil
		}
		err := take(entries)
		entries = entries[:0]
		return err
	}
	err := read(func(e *ledger.Entry) error {
		if len(entries) > 0 && entries[0].Opportunity != e.Opportunity {
			if err := settle(); err != nil {
				return err
			}
		}
		entries = append(entries, *e)
		return nil
	})
	if err != nil {
		return err
	}
	return settle()
}
