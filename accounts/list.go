package accounts

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"milepost/people"
	"milepost/views"
)

// Filter narrows a list of accounts or of contacts. Its address form:
//
//	q      words: of name, industry, country, region or website; for contacts of
//	       name, title, e-mail or phone, or of the account's name
//	owner  who looks after the account: a person's id, "me" or "none"
//	show   accounts: "open" with open deals, "unknown" with open deals and nobody
//	       known there; contacts: "left" who left, "all" everyone, else who is there
//	sort   name, created; with "-" in front the other way round
//	after, before  where a page begins or ends, as the links say it
//
// and how the list is shown, as views.Shape says it.
type Filter struct {
	Text, Owner, Show, Sort string
	After, Before           string
	views.Shape
}

const pageLength = 50

// readFilter reads a filter of a list with such columns and groupings from an
// address; what makes no sense is left out.
func readFilter(q url.Values, columns []string, groupings []views.Grouping) Filter {
	f := Filter{Text: strings.TrimSpace(q.Get("q")), Owner: q.Get("owner"), Show: q.Get("show"), Sort: q.Get("sort"),
		After: q.Get("after"), Before: q.Get("before")}
	f.Shape, _ = views.ReadShape(q, columns, groupings)
	if len(f.Text) > 200 {
		f.Text = strings.ToValidUTF8(f.Text[:200], "")
	}
	f.Text = strings.ReplaceAll(strings.ToValidUTF8(f.Text, ""), "\x00", "")
	if len(f.Owner) > 40 {
		f.Owner = ""
	}
	switch f.Sort {
	case "-name", "created", "-created":
	default:
		f.Sort = ""
	}
	return f
}

// query is the filter as parameters of an address, without the place in the list.
func (f Filter) query() url.Values {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "owner": f.Owner, "show": f.Show, "sort": f.Sort} {
		if value != "" {
			q.Set(name, value)
		}
	}
	f.Shape.Put(q)
	return q
}

// path is the address of a list, narrowed so, with some parameters set anew.
func (f Filter) path(base string, pairs ...string) string {
	q := f.query()
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	if len(q) == 0 {
		return base
	}
	return base + "?" + q.Encode()
}

func (f Filter) narrows() bool {
	return f.Text != "" || f.Owner != "" || f.Show != "" || f.Shape.Narrows()
}

func (f Filter) downwards() bool { return strings.HasPrefix(f.Sort, "-") }
func (f Filter) byCreation() bool {
	return strings.TrimPrefix(f.Sort, "-") == "created"
}

// owner is the person that the filter names, for a viewer.
func (f Filter) owner(v *people.Viewer) string {
	if f.Owner == "me" {
		return string(v.ID)
	}
	return f.Owner
}

// words are what is looked for, each as it stands in a key; the longest first, which the
// fewest texts have, so that most are left out before they are gone through again.
func (f Filter) words() []string {
	words := strings.Fields(folded(f.Text))
	words = words[:min(len(words), 8)]
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(words)
}

// cursor is the place of a row in a list: what it is sorted by, and its id.
type cursor struct{ key, id string }

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.key + "\x1f" + c.id))
}

func readCursor(text string) (cursor, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	key, id, found := strings.Cut(string(raw), "\x1f")
	ok := err == nil && found && strings.ToValidUTF8(string(raw), "") == string(raw) && !strings.Contains(string(raw), "\x00")
	return cursor{key, id}, ok
}

// instant is the cursor's key as the number that a list by creation goes by.
func (c cursor) instant() int64 {
	n, _ := strconv.ParseInt(c.key, 10, 64)
	return n
}

func itoa(n int) string { return strconv.Itoa(n) }
