package activities

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"

	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// FileVault keeps the contents of files for rooms above, which let a file be given with a
// form of their own.
type FileVault struct{ vault }

// NewFileVault is the vault in a data folder.
func NewFileVault(folder string) FileVault { return FileVault{vault{folder, FileLimit}} }

// Upload is a file that arrived, and is not yet kept with a deal.
type Upload struct {
	Name string
	content
}

// Drop forgets what arrived; what was kept stays.
func (u *Upload) Drop() {
	if u != nil {
		u.content.drop()
	}
}

// Receive reads a form that may bring a file, without ever holding it in memory. The
// upload is nil when no file was chosen; whoever asks drops it in the end. Fields are
// taken up to a size that no form of ours needs.
func (v FileVault) Receive(org db.Org, r *http.Request) (url.Values, *Upload, error) {
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, nil, problem.Invalid("", "The form did not arrive whole. Send it once more.")
	}
	values, taken := url.Values{}, int64(0)
	var upload *Upload
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return values, upload, nil
		}
		if err != nil {
			upload.Drop()
			return values, nil, problem.Invalid("file", "The file did not arrive whole. Nothing was kept; try again.")
		}
		if name := rawFileName(part); part.FormName() == "file" {
			if name == "" || upload != nil {
				continue
			}
			c, err := v.receive(org, part)
			if err != nil {
				io.Copy(io.Discard, io.LimitReader(part, 8*v.limit)) // see receivePart
				return values, nil, err
			}
			upload = &Upload{cleanFileName(name), *c}
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, largestField))
		if taken += int64(len(text)); err != nil || taken > 4*largestField {
			upload.Drop()
			return values, nil, problem.Invalid("", "This is more text than a form of this page takes.")
		}
		values.Add(part.FormName(), string(text))
	}
}

const largestField = 64 << 10

// Attach keeps what arrived with a deal, by an entry of the writer's, and gives it
// back: whoever writes about the deal settles the rows (Settle) with all of its
// entries, in the same transaction.
func (v FileVault) Attach(w *ledger.Writer, deal deals.ID, u *Upload, confidential bool) (ledger.Entry, error) {
	kind, err := sniff(u.Name, u.head)
	if err != nil {
		return ledger.Entry{}, err
	}
	if err := v.keep(w.DB.Org(), &u.content); err != nil {
		return ledger.Entry{}, err
	}
	return w.Add(FileAttached, string(deal), string(deal), w.By.At,
		paper{Fact: deals.Fact{Name: u.Name, Confidential: confidential}, Hash: u.hash, Size: u.size, Type: kind})
}

// Settle makes the rows of this room what the entries of a deal come to.
func Settle(ctx context.Context, tx *db.DB, deal deals.ID, entries []ledger.Entry) error {
	return settle(ctx, tx, deal, entries)
}

// FilesFor lists the files of a deal that someone who sees the deal may see, newest
// first.
func FilesFor(ctx context.Context, d *db.DB, v *people.Viewer, o deals.Opportunity) ([]File, error) {
	list, err := filesOf(ctx, d, o.ID)
	return slices.DeleteFunc(list, func(f File) bool { return !f.maySee(v, o.Owner) }), err
}

// MeetingsOf lists the meetings that were logged with a deal, newest first.
func MeetingsOf(ctx context.Context, d *db.DB, deal deals.ID) ([]Activity, error) {
	list, err := latest(ctx, d, deal, Done, mostMeetings)
	return slices.DeleteFunc(list, func(a Activity) bool { return a.Type != "meeting" && a.Type != "visit" }), err
}

const mostMeetings = 200
