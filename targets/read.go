package targets

import (
	"fmt"
	"strings"
	"unicode"

	"milepost/deals"
	"milepost/problem"
)

// ReadValue reads a target as people type or paste it: 12500, 12,500.00, 12.500,00,
// 12 500, with or without the currency; a number of won deals is a whole number.
// What could mean two values is refused rather than guessed, with a sentence that
// begins with the name of the cell. Empty text takes the target away.
func ReadValue(cell, text string, m Measure) (*int64, error) {
	if blank(text) {
		return nil, nil
	}
	if m == Wins {
		return readWins(cell, text)
	}
	amount, err := deals.ParseAmount(cell, text, m.Currency())
	if err != nil {
		return nil, problem.Invalid(cell, "%s: %s", cell, sentenceOf(err))
	}
	if amount == nil {
		return nil, problem.Invalid(cell, "%s: “%s” is not an amount like 15000.", cell, clip(text))
	}
	return &amount.Minor, nil
}

// blank is so for what spreadsheets show where nothing is: nothing, or a dash.
func blank(text string) bool {
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	return text == "" || text == "-" || text == "–" || text == "—"
}

// readWins reads a whole number by the rules of amounts in a currency without
// decimals, so that thousands may be parted in every usual way.
func readWins(cell, text string) (*int64, error) {
	amount, err := deals.ParseAmount(cell, text, "JPY")
	switch {
	case err != nil && strings.Contains(sentenceOf(err), "decimals"):
		return nil, problem.Invalid(cell, "%s: “%s” is not a whole number; deals are won whole.", cell, clip(text))
	case err != nil || amount == nil:
		return nil, problem.Invalid(cell, "%s: “%s” is not a number of won deals like 12.", cell, clip(text))
	case amount.Minor > 1_000_000:
		return nil, problem.Invalid(cell, "%s: %s won deals in a month are more than can be meant.", cell, Text(Wins, amount.Minor))
	}
	return &amount.Minor, nil
}

// sentenceOf is a problem's sentence, without anything about the inside.
func sentenceOf(err error) string {
	if p, ok := problem.Of(err); ok {
		return p.Sentence
	}
	return "This is not understood."
}

const (
	mostRows    = 5000 // of a pasted block or a file
	mostColumns = 60
)

// block parts pasted text into rows and cells, as spreadsheets copy them: cells by
// tabs, rows by line ends. Rows must be of one length, so that nothing slips.
func block(text string) ([][]string, error) {
	text = strings.TrimRight(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	if text == "" {
		return nil, problem.Invalid("text", "There is nothing to paste.")
	}
	var rows [][]string
	for i, line := range strings.Split(text, "\n") {
		cells := strings.Split(line, "\t")
		if len(rows) > 0 && len(cells) != len(rows[0]) {
			return nil, problem.Invalid("text", "Row %d of what was pasted has %s and the first row has %d. Copy a block with straight edges.",
				i+1, plural(len(cells), "cell"), len(rows[0]))
		}
		rows = append(rows, cells)
	}
	if len(rows) > mostRows || len(rows[0]) > mostColumns {
		return nil, problem.Invalid("text", "That is more than can be pasted at once: up to %d rows and %d columns.", mostRows, mostColumns)
	}
	return rows, nil
}

// readBlock reads a pasted block of values whole, or refuses it whole with the first
// cell that cannot be read.
func readBlock(text string, m Measure) ([][]*int64, error) {
	rows, err := block(text)
	if err != nil {
		return nil, err
	}
	values := make([][]*int64, len(rows))
	for r, row := range rows {
		values[r] = make([]*int64, len(row))
		for c, cell := range row {
			if values[r][c], err = ReadValue(fmt.Sprintf("Row %d, column %d", r+1, c+1), cell, m); err != nil {
				return nil, err
			}
		}
	}
	return values, nil
}

// readPercent reads a change in percent to tenths: 5, -3, 7.5, 7,5 %.
func readPercent(text string) (tenths int64, err error) {
	wrong := problem.Invalid("percent", "“%s” is not a change in percent like 5 or -2.5.", clip(text))
	plain := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.NewReplacer("−", "-", ",", ".").Replace(text)), "%"))
	negative := strings.HasPrefix(plain, "-")
	plain = strings.TrimPrefix(strings.TrimPrefix(plain, "-"), "+")
	whole, part, _ := strings.Cut(plain, ".")
	if len(whole) == 0 || len(whole) > 4 || len(part) > 1 {
		return 0, wrong
	}
	for _, r := range whole + part + strings.Repeat("0", 1-len(part)) {
		if r < '0' || r > '9' {
			return 0, wrong
		}
		tenths = tenths*10 + int64(r-'0')
	}
	if negative {
		tenths = -tenths
	}
	if tenths < -1000 || tenths > 10_000 {
		return 0, problem.Invalid("percent", "Change last year by -100 %% to 1,000 %%.")
	}
	return tenths, nil
}
