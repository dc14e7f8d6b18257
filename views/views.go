// Package views keeps what people look at again and again: a name for a list as it
// was filtered, sorted, grouped and with its columns. A view is one's own or shared
// with the team, and at most one is what a list opens with. What all lists have in
// common is here too: the choice of columns, and groups with what they come to.
//
// A view holds a question and never an answer: whoever opens it is shown what they
// may see, whoever saved it. Every change is an entry in the ledger.
package views

import (
	"embed"

	"milepost/internal/ledger"
	"milepost/internal/slice"
	"milepost/internal/web"
	"milepost/people"
)

// Schema holds the tables of views.
//
//go:embed schema
var Schema embed.FS

// The kinds of entry that are about a view; its id is the subject, and the payload
// is a Fact, of which it uses the fields named here.
const (
	Saved        ledger.Kind = "view.saved"         // List, Person: whose it is, Name, Query, Shared
	Renamed      ledger.Kind = "view.renamed"       // Name
	Rewritten    ledger.Kind = "view.rewritten"     // Query
	SharedSet    ledger.Kind = "view.sharing_set"   // Shared
	Deleted      ledger.Kind = "view.deleted"       // nothing
	Restored     ledger.Kind = "view.restored"      // nothing
	DefaultSet   ledger.Kind = "view.default_set"   // Person: for whom; List
	DefaultEnded ledger.Kind = "view.default_ended" // Person: for whom; List
)

var kinds = []ledger.Kind{Saved, Renamed, Rewritten, SharedSet, Deleted, Restored, DefaultSet, DefaultEnded}

// Fact is the payload of an entry about a view.
type Fact struct {
	List   string    `json:"list,omitempty"`
	Person people.ID `json:"person,omitempty"`
	Name   string    `json:"name,omitempty"`
	Query  string    `json:"query,omitempty"`
	Shared bool      `json:"shared,omitempty"`
}

// Slice is what views bring to the program. The lists themselves show them, with Bar.
func Slice(p slice.Program) slice.Slice {
	s := pages{p}
	return slice.Slice{Name: "views", Schema: Schema, Check: Check, Routes: []web.Route{
		{Pattern: "POST /views", Rule: people.SignedIn, Handle: s.save},
		{Pattern: "POST /views/{id}/rename", Rule: people.SignedIn, Handle: s.rename},
		{Pattern: "POST /views/{id}/rewrite", Rule: people.SignedIn, Handle: s.rewrite},
		{Pattern: "POST /views/{id}/share", Rule: people.SignedIn, Handle: s.share},
		{Pattern: "POST /views/{id}/default", Rule: people.SignedIn, Handle: s.makeDefault},
		{Pattern: "POST /views/{id}/delete", Rule: people.SignedIn, Handle: s.delete},
		{Pattern: "POST /views/{id}/restore", Rule: people.SignedIn, Handle: s.restore},
	}}
}
