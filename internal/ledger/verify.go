package ledger

import (
	"context"
	"errors"
	"fmt"

	"milepost/internal/db"
)

// erasure is the payload of an Erased entry.
type erasure struct {
	Sequences []int64 `json:"sequences"`
	Reason    string  `json:"reason"`
}

// Erase empties the payloads of entries, for a person's right to be forgotten, and
// records that it was done and why. The hashes stay, so the chain still verifies.
func Erase(ctx context.Context, w *Writer, subject string, sequences []int64, reason string) error {
	var done []int64
	for _, sequence := range sequences {
		changed, err := emptyPayload(ctx, w.DB, sequence)
		if err != nil {
			return fmt.Errorf("erasing entry %d: %w", sequence, err)
		}
		if changed == 1 {
			done = append(done, sequence)
		}
	}
	_, err := w.Add(Erased, subject, "", w.By.At, erasure{done, reason})
	return err
}

// Misfit is the first entry at which a ledger does not verify.
type Misfit struct {
	Sequence int64
	Reason   string
}

func (m *Misfit) Error() string {
	return fmt.Sprintf("entry %d does not fit: %s", m.Sequence, m.Reason)
}

// Verify recomputes the chain of an organization's ledger, tells how many entries
// it holds, and names the first that does not fit as a *Misfit. Writers may go on
// meanwhile: what is appended after it began is left to the next verification.
func Verify(ctx context.Context, d *db.DB, org db.Org) (int64, error) {
	end, err := headOf(ctx, d, org)
	if err != nil {
		return 0, fmt.Errorf("reading the head of the ledger: %w", err)
	}
	var last head
	var gone []int64
	err = EachSince(ctx, d, org, 0, func(e *Entry) error {
		if e.Sequence > end.Sequence {
			return errBeyond
		}
		if reason := misfit(last, org, e); reason != "" {
			return &Misfit{e.Sequence, reason}
		}
		if e.Payload == "" {
			gone = append(gone, e.Sequence)
		}
		last = head{e.Sequence, e.Hash}
		return nil
	})
	if err == errBeyond {
		err = nil
	}
	if err == nil && last != end {
		err = &Misfit{last.Sequence + 1, fmt.Sprintf("the ledger says that it holds %d entries, but they end here", end.Sequence)}
	}
	// Erasures are read last: one that happened meanwhile must not look like damage.
	if unrecorded := erasedWithoutRecord(ctx, d, org, gone); unrecorded != nil {
		err = unrecorded
	}
	return last.Sequence, err
}

var errBeyond = errors.New("beyond the head that was read")

func misfit(last head, org db.Org, e *Entry) string {
	switch {
	case e.Sequence != last.Sequence+1:
		return fmt.Sprintf("entry %d is missing", last.Sequence+1)
	case e.Payload != "" && e.PayloadHash != hashPayload(e.Salt, e.Payload):
		return "its content was changed"
	case e.Hash != chain(last.Hash, org, e):
		return "it was changed, or an entry before it was"
	}
	return ""
}

func erasedWithoutRecord(ctx context.Context, d *db.DB, org db.Org, gone []int64) error {
	if len(gone) == 0 {
		return nil
	}
	erased, err := erasedSequences(ctx, d, org)
	if err != nil {
		return err
	}
	for _, sequence := range gone {
		if !erased[sequence] {
			return &Misfit{sequence, "its content is gone, and no erasure was recorded"}
		}
	}
	return nil
}

func erasedSequences(ctx context.Context, d *db.DB, org db.Org) (map[int64]bool, error) {
	entries, err := erasures(ctx, d, org)
	if err != nil {
		return nil, fmt.Errorf("reading erasures: %w", err)
	}
	erased := map[int64]bool{}
	for _, e := range entries {
		var what erasure
		if err := e.Read(&what); err != nil {
			return nil, &Misfit{e.Sequence, "the list of what was erased cannot be read"}
		}
		for _, sequence := range what.Sequences {
			erased[sequence] = true
		}
	}
	return erased, nil
}
