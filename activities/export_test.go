package activities

import (
	"context"
	"io"
	"net/url"
	"os"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/people"
)

// What tests look at that nobody else does. They stand outside this package, since
// the demonstration company, which they use, uses this package.

const (
	Batch       = batch
	LongestText = longestText
)

func RowOf(ctx context.Context, d *db.DB, id ID) (Activity, error) {
	return activityTable.one(ctx, d, id, noActivity)
}

func RowsOf(ctx context.Context, d *db.DB, deal deals.ID) ([]Activity, error) {
	return activityTable.ofDeals(ctx, d, []deals.ID{deal})
}

func NoteOf(ctx context.Context, d *db.DB, id ID) (Note, error) {
	return noteTable.one(ctx, d, id, noNote)
}

func FilesOf(ctx context.Context, d *db.DB, deal deals.ID) ([]File, error) {
	return filesOf(ctx, d, deal)
}

func NotesOf(ctx context.Context, d *db.DB, deal deals.ID) ([]Note, error) {
	return notesOf(ctx, d, deal, 100)
}

func StepsOf(ctx context.Context, d *db.DB, deal deals.ID) (open, last *Step, err error) {
	return stepsOf(ctx, d, deal)
}

func (s Said) Cleaned(now calendar.Instant) (Said, error) { return s.cleaned(now) }

func FolderOf(ctx context.Context, w *ledger.Writer, v *people.Viewer, deal deals.ID) (Folder, error) {
	pen, err := takeUp(ctx, w, v, deal)
	if err != nil {
		return Folder{}, err
	}
	return pen.Folder, nil
}

func RenderMarkdown(text string) string { return string(renderMarkdown(text)) }

var (
	CleanFileName = cleanFileName
	Sniff         = sniff
	Disposition   = disposition
	SizeText      = sizeText
)

// Vault is the vault of a folder with a limit.
type Vault struct{ v vault }

func NewVault(folder string, limit int64) Vault { return Vault{vault{folder, limit}} }

// Receive tells what came, and forgets it.
func (v Vault) Receive(org db.Org, from io.Reader) (hash string, size int64, err error) {
	c, err := v.v.receive(org, from)
	if err != nil {
		return "", 0, err
	}
	defer c.drop()
	return c.hash, c.size, nil
}

func (v Vault) Sweep(ctx context.Context, d *db.DB, now calendar.Instant) error {
	return v.v.sweep(ctx, d, now)
}

func (v Vault) Place(org db.Org, hash string) string { return v.v.place(org, hash) }

func (v Vault) Has(org db.Org, hash string) bool {
	_, err := os.Stat(v.v.place(org, hash))
	return err == nil
}

// Asked is a list query for a viewer, as the page asks it.
func Asked(v *people.Viewer, f Filter, now deals.Now) query {
	x := &visit{v: v, now: now}
	q, _ := x.ask(f)
	return q
}

func PageOf(ctx context.Context, d *db.DB, q query) ([]Listed, error) {
	return listed(ctx, d, q, nil, false, pageSize+1)
}

func TallyOf(ctx context.Context, d *db.DB, q query) (int, error) {
	list, err := tallied(ctx, d, q, true)
	return len(list), err
}

// Insert writes rows past the ledger, for benchmarks.
func Insert(ctx context.Context, tx *db.DB, a []Activity, n []Note) error {
	if err := activityTable.insert(ctx, tx, a); err != nil {
		return err
	}
	return noteTable.insert(ctx, tx, n)
}

// Canonical is a filter as its list writes it.
func Canonical(q url.Values) url.Values {
	f, _ := ReadFilter(q)
	return f.Values()
}
