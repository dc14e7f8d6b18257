package deals

import (
	"strings"

	"milepost/calendar"
	"milepost/people"
)

// Account is a company sold to.
type Account struct {
	ID        AccountID        `db:"id"`
	Name      string           `db:"name"`
	CreatedAt calendar.Instant `db:"created_at"`
}

// AccountKey is how account names are compared: see people.Key.
func AccountKey(name string) string { return people.Key(name) }

// clean folds blanks of every kind into single ones.
func clean(name string) string { return strings.Join(strings.Fields(name), " ") }
