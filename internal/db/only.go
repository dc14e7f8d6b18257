package db

import (
	"fmt"
	"strings"
)

// A schema file is one text for both databases. Where they have no common word, as
// for full-text search, some of its lines may belong to one of them:
//
//	-- only sqlite
//	create virtual table ...
//	-- only postgres
//	create table ...
//	-- both

// linesFor keeps the lines of a schema file that are meant for a kind of database.
func linesFor(kind Kind, text []byte) ([]byte, error) {
	var kept strings.Builder
	only := Kind("")
	for number, line := range strings.SplitAfter(string(text), "\n") {
		switch mark := strings.TrimSpace(line); {
		case mark == "-- both":
			only = ""
		case strings.HasPrefix(mark, "-- only "):
			only = Kind(strings.TrimPrefix(mark, "-- only "))
			if only != SQLite && only != Postgres {
				return nil, fmt.Errorf("line %d: there is no database %q", number+1, only)
			}
		case only == "" || only == kind:
			kept.WriteString(line)
		}
	}
	return []byte(kept.String()), nil
}
