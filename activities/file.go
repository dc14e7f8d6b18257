package activities

import (
	"net/http"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"milepost/calendar"
	"milepost/deals"
	"milepost/internal/ledger"
	"milepost/people"
	"milepost/problem"
)

// File is a document that is kept with a deal. Its content lies in the data folder
// under its SHA-256; the same content is kept once.
type File struct {
	ID         ID               `db:"id"`
	Deal       deals.ID         `db:"deal_id"`
	Name       string           `db:"name"`
	Size       int64            `db:"size"`
	Type       string           `db:"type"` // as its content says
	Hash       string           `db:"hash"`
	AttachedBy people.ID        `db:"attached_by"`
	AttachedAt calendar.Instant `db:"attached_at"`
	RemovedAt  calendar.Instant `db:"removed_at"` // 0 while it is there
	RemovedBy  people.ID        `db:"removed_by"`
	Version    int64            `db:"version"`
	// Confidential is 1 for evidence that only the owner's reporting line may see.
	Confidential int64 `db:"confidential"`
}

// maySee tells whether someone who sees the deal may see the file.
func (f *File) maySee(v *people.Viewer, owner people.ID) bool {
	return f.Confidential == 0 || v.ID == owner || v.IsAbove(owner) || v.ID == f.AttachedBy
}

// mayRemove tells whether someone may remove a file: whoever attached it, whoever
// they report to, and operations.
func (f *File) mayRemove(v *people.Viewer) bool {
	return f.AttachedBy == v.ID || v.IsAbove(f.AttachedBy) || v.SeesEveryDeal()
}

func (f *folding) file(e *ledger.Entry) error {
	var p paper
	if err := e.Read(&p); err != nil {
		return err
	}
	if e.Kind == FileAttached {
		made := File{ID: ID(e.ID), Deal: deals.ID(e.Opportunity), Name: p.Name, Size: p.Size, Type: p.Type, Hash: p.Hash,
			AttachedBy: people.ID(e.Actor), AttachedAt: e.EffectiveAt, Version: e.Sequence}
		if p.Confidential {
			made.Confidential = 1
		}
		if e.Payload == "" { // erased: the content goes with its description
			made.RemovedAt = max(e.EffectiveAt, 1)
		}
		f.files[made.ID] = len(f.Files)
		f.Files = append(f.Files, made)
		return nil
	}
	if i, known := f.files[ID(e.Subject)]; known && f.Files[i].RemovedAt == 0 {
		file := &f.Files[i]
		file.RemovedAt, file.RemovedBy, file.Version = max(e.EffectiveAt, 1), people.ID(e.Actor), e.Sequence
	}
	return nil
}

const longestFileName = 120

// cleanFileName keeps of a name what can be shown and saved anywhere: no folders, no
// characters that disguise it, not too long, and with its extension.
func cleanFileName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = strings.ReplaceAll(name, `\`, "/")
	name = name[strings.LastIndexByte(name, '/')+1:]
	name = strings.Map(func(r rune) rune {
		if r = plainRune(r); r < 0 || unicode.Is(unicode.Cf, r) {
			return -1
		}
		if strings.ContainsRune(`<>:"|?*/\`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimLeft(strings.Join(strings.Fields(name), " "), ". ")
	name = strings.TrimRight(name, ". ")
	if name == "" {
		return "file"
	}
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	if utf8.RuneCountInString(extension) > 12 {
		stem, extension = name, ""
	}
	if room := longestFileName - utf8.RuneCountInString(extension); utf8.RuneCountInString(stem) > room {
		stem = strings.TrimSpace(string([]rune(stem)[:room]))
	}
	return stem + extension
}

// sniff tells what the content is from its first bytes, and refuses a page or a
// drawing with scripts that calls itself something harmless: whoever opens it would
// be told the wrong thing.
func sniff(name string, head []byte) (string, error) {
	kind, _, _ := strings.Cut(http.DetectContentType(head), ";")
	if looksLikeSVG(head) {
		kind = "image/svg+xml"
	}
	extension := strings.ToLower(path.Ext(name))
	switch {
	case kind == "text/html" && !pageExtensions[extension]:
		return kind, problem.Invalid("file", "The name says %s, but inside is a web page. If that is what you mean to attach, call it .html first.", orNothing(extension))
	case kind == "image/svg+xml" && extension != ".svg":
		return kind, problem.Invalid("file", "The name says %s, but inside is an SVG drawing. If that is what you mean to attach, call it .svg first.", orNothing(extension))
	}
	return kind, nil
}

// pageExtensions are those under which a web page is what its name says. Plain text
// and Markdown may begin like one.
var pageExtensions = map[string]bool{".html": true, ".htm": true, ".xhtml": true, ".mht": true, ".txt": true, ".md": true,
	".xml": true, ".eml": true}

func looksLikeSVG(head []byte) bool {
	text := strings.ToLower(strings.TrimLeft(string(head), " \t\r\n\ufeff"))
	return strings.HasPrefix(text, "<svg") || strings.HasPrefix(text, "<?xml") && strings.Contains(text, "<svg")
}

func orNothing(extension string) string {
	if extension == "" {
		return "nothing"
	}
	return extension
}
