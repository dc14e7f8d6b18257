package search

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"milepost/internal/db"
)

// Kind is what was found.
type Kind string

// The kinds.
const (
	Deal    Kind = "deal"
	Account Kind = "account"
	Contact Kind = "contact"
	Note    Kind = "note"
	Person  Kind = "person"
)

// Kinds lists them in the order in which screens show them.
var Kinds = []Kind{Deal, Account, Contact, Note, Person}

// Every word in the index begins with the letter of what it belongs to, so that what
// is said in a million notes makes no deal slower to find, and goes on with a mark:
//
//	dharbour     the word is somewhere in what is known of a deal
//	dhar~        a word there goes on after this; the index walks the latest of what
//	             says so, where a search for all words that begin so would read all of it
//	d=harbour    the word is in the deal's title; d=har~ likewise
//	d^scalesfo~  the title begins so: its first one to eight characters
//	d!scalesfortheharbour  this is the whole title, or a number or an address by which it is known
//	d@0190...    whoever sees the deals of this person sees it
//	d%0190...    it belongs to this organization
const (
	inTitle   = "="
	beginsSo  = "^"
	wholly    = "!"
	seenBy    = "@"
	belongsTo = "%"
	begin     = "~"
)

const (
	longestBegun  = 12      // up to so many characters, the beginnings of words are words
	longestBegin  = 8       // and of titles
	longestWhole  = 80      // a title of more is not looked for as a whole
	mostWords     = 10_000  // of one text; the longest note that may be typed has not as many
	mostBytes     = 900_000 // of all words of one thing; PostgreSQL takes no more than 1 MB
	shortestPhone = 6       // the fewest figures by which a number is found from its end
)

// letter begins the words of a kind.
func (k Kind) letter() string { return string(k[:1]) }

// doc is what is to be found of something.
type doc struct {
	kind          Kind
	id            string
	deal, account string
	title         string
	known         []string // what else it is known by as a whole: addresses, numbers
	phones        string
	text          []string
	seers         []string // whose deals one must see in order to see it
	standing      standing // of a note
}

// words are all words of a doc but those that say who sees it.
func (x *doc) words(org db.Org) string {
	b := &bag{letter: x.kind.letter(), have: map[string]bool{}}
	b.put(belongsTo + plainID(string(org)))
	if x.title != "" {
		b.text(inTitle, x.title)
		b.text("", x.title)
		whole := compact(x.title)
		n := 0
		for i := range whole {
			if n > 0 && n <= longestBegin {
				b.put(beginsSo + whole[:i] + begin)
			}
			n++
		}
		if n <= longestBegin {
			b.put(beginsSo + whole + begin)
		}
		x.whole(b, whole)
	}
	for _, name := range x.known {
		b.text("", name)
		x.whole(b, compact(name))
	}
	for _, text := range x.text {
		b.text("", text)
	}
	for phone := range strings.SplitSeq(x.phones, ",") {
		b.text("", phone)
		number := digits(phone)
		for i := 0; i+shortestPhone <= len(number) && i < 16; i++ {
			b.put(number[i:])
		}
	}
	return strings.Join(b.list, " ")
}

func (x *doc) whole(b *bag, compacted string) {
	if compacted != "" && utf8.RuneCountInString(compacted) <= longestWhole {
		b.put(wholly + compacted)
	}
}

// sight are the words that say who sees the doc.
func (x *doc) sight() string {
	list := make([]string, 0, len(x.seers))
	for _, id := range x.seers {
		if id != "" {
			list = append(list, x.kind.letter()+seenBy+plainID(id))
		}
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// printOf tells one set of words from another.
func printOf(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:10])
}

// plainID is an id as a word of the index.
func plainID(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(id))
}
