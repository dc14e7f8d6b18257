package targets

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"milepost/calendar"
	"milepost/money"
	"milepost/people"
)

func TestSpreadSumsExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(0, Largest).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), 1, 12).Draw(t, "weights")
		m := rapid.SampledFrom([]Measure{"EUR", "JPY", "MW", Wins}).Draw(t, "measure")
		parts := Spread(total, weights, m)
		var sum int64
		for i, part := range parts {
			if part < 0 {
				t.Fatalf("part %d is %d", i, part)
			}
			sum += part
		}
		if sum != total {
			t.Fatalf("the parts of %d sum to %d", total, sum)
		}
	})
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []int64
		m       Measure
		want    []int64
	}{
		{100_00, Even(3), "EUR", []int64{34_00, 33_00, 33_00}}, // whole euros stay whole
		{100_01, Even(3), "EUR", []int64{33_34, 33_34, 33_33}},
		{10, Even(4), Wins, []int64{3, 3, 2, 2}},
		{100, []int64{1, 0, 3}, "JPY", []int64{25, 0, 75}},
		{100, []int64{0, 0}, "JPY", []int64{50, 50}},
		{0, Even(3), "EUR", []int64{0, 0, 0}},
	} {
		got := Spread(c.total, c.weights, c.m)
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("Spread(%d, %v, %s) = %v, want %v", c.total, c.weights, c.m, got, c.want)
				break
			}
		}
	}
}

func TestRaise(t *testing.T) {
	for _, c := range []struct{ value, tenths, want int64 }{
		{100_00, 50, 105_00}, {100_00, -1000, 0}, {10_00, 55, 11_00}, {10_00, 4, 10_00}, {10_01, 100, 11_01}, {Largest, 10_000, Largest},
	} {
		if got := Raise(c.value, c.tenths, "EUR"); got != c.want {
			t.Errorf("Raise(%d, %d) = %d, want %d", c.value, c.tenths, got, c.want)
		}
	}
}

func TestValuesAreReadAsPeopleWriteThem(t *testing.T) {
	for _, c := range []struct {
		text string
		m    Measure
		want int64 // -1: refused
	}{
		{"12500", "EUR", 12_500_00}, {"1.234,50", "EUR", 1_234_50}, {"1,234.50", "EUR", 1_234_50}, {"1 234,50", "EUR", 1_234_50},
		{"1\u202f234,50 €", "EUR", 1_234_50}, {"€1,234", "EUR", 1_234_00}, {"EUR 1'234.50", "EUR", 1_234_50}, {"1.234.567", "EUR", 1_234_567_00},
		{"0", "EUR", 0}, {"12,5", "EUR", 12_50}, {"$100", "EUR", -1}, {"1,23,4", "EUR", -1}, {"-5", "EUR", -1}, {"(5)", "EUR", -1}, {"abc", "EUR", -1},
		{"=1+1", "EUR", -1}, {"1e5", "EUR", -1}, {"#REF!", "EUR", -1}, {"1.234", "MW", -1}, {"1.2340", "MW", 1234}, {"12.345", "EUR", 12_345_00},
		{"12.3456", "EUR", -1}, {"99999999999999999999", "EUR", -1}, {"€", "EUR", -1},
		{"12", Wins, 12}, {"1,200", Wins, 1200}, {"2.5", Wins, -1}, {"twelve", Wins, -1}, {"9000000", Wins, -1},
	} {
		got, err := ReadValue("Kim, May", c.text, c.m)
		switch {
		case c.want < 0 && err == nil:
			t.Errorf("%q in %s was read as %d", c.text, c.m, *got)
		case c.want < 0 && !strings.HasPrefix(sentenceOf(err), "Kim, May: "):
			t.Errorf("%q in %s is refused without naming the cell: %v", c.text, c.m, err)
		case c.want >= 0 && (err != nil || got == nil || *got != c.want):
			t.Errorf("%q in %s: %v, %v; want %d", c.text, c.m, got, err, c.want)
		}
	}
	for _, text := range []string{"", "  ", "-", "–", "\u00a0", "\u200b"} {
		if got, err := ReadValue("a", text, "EUR"); got != nil || err != nil {
			t.Errorf("%q: %v, %v; want no target", text, got, err)
		}
	}
}

// What the grid shows is read back as the same value, in every measure.
func TestWhatIsShownIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom([]Measure{"EUR", "JPY", "KWD", "MW", Wins}).Draw(t, "measure")
		value := rapid.Int64Range(0, Largest).Draw(t, "value")
		if m == Wins {
			value %= 1_000_000
		}
		got, err := ReadValue("cell", inputText(m, &value), m)
		if err != nil || *got != value {
			t.Fatalf("%d is shown as %q and read as %v (%v)", value, inputText(m, &value), got, err)
		}
	})
}

func FuzzReadBlock(f *testing.F) {
	for _, seed := range []string{"1\t2\n3\t4", "1.234,50\t€ 5\r\n-\t", "a\tb", "\n\n", "1\t2\n3", "\ufeff1", "=cmd|' /C calc'!A0", "१२\t٣"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, m := range []Measure{"EUR", "MW", Wins} {
			rows, err := readBlock(text, m)
			if err != nil {
				if sentenceOf(err) == "This is not understood." {
					t.Errorf("%q is refused without a sentence: %v", text, err)
				}
				continue
			}
			for _, row := range rows {
				for _, v := range row {
					if v != nil && (*v < 0 || *v > Largest) {
						t.Errorf("%q was read as %d", text, *v)
					}
				}
			}
		}
	})
}

func FuzzImport(f *testing.F) {
	f.Add("person,month,amount\nKim,2027-01,100\n")
	f.Add("e-mail;2027-01;Feb 2027\nk@example.com;1.000,00;\n")
	f.Add("person\tmonth\tamount\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		i := importer{"EUR", Own, func(string) (people.ID, error) { return "kim", nil }}
		taken, err := i.read(text)
		if err != nil {
			return
		}
		for _, s := range taken.Settings {
			if s.check() != nil {
				t.Errorf("%q gave the setting %v", text, s)
			}
		}
		if len(taken.Rejects) > taken.Lines {
			t.Errorf("%q: %d of %d lines were not taken", text, len(taken.Rejects), taken.Lines)
		}
	})
}

func TestBlocksHaveStraightEdges(t *testing.T) {
	for text, want := range map[string]string{
		"1\t2\n3":    "straight edges",
		"":           "nothing to paste",
		"1\t2\n3\tx": "Row 2, column 2:",
	} {
		if _, err := readBlock(text, "EUR"); err == nil || !strings.Contains(sentenceOf(err), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestPercentIsRead(t *testing.T) {
	for text, want := range map[string]int64{"5": 50, "-2.5": -25, "7,5 %": 75, "+10%": 100, "0": 0, "-100": -1000} {
		if got, err := readPercent(text); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "x", "5.55", "-101", "1001", "--5", "5-", "."} {
		if got, err := readPercent(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

func TestSeason(t *testing.T) {
	months := func(years int, value func(month calendar.Date) int64) []monthWon {
		var list []monthWon
		for i := range 12 * years {
			month := calendar.Date("2026-11-01").AddMonths(-1 - i)
			v := value(month)
			list = append(list, monthWon{month, v, min(v, 10)})
		}
		return list
	}
	december := func(month calendar.Date) int64 {
		if month.Time().Month() == 12 {
			return 3000
		}
		return 1000
	}
	s := seasonFrom(months(3, december), "2023-11-15", "EUR")
	if s.TooFew || !strings.Contains(s.Says, "3 years") || !strings.Contains(s.Says, "360 won deals") {
		t.Errorf("three years: %+v", s)
	}
	parts := Spread(1400_00, s.weightsFor(Months(calendar.Period{From: "2027-01-01", Until: "2028-01-01"})), "EUR")
	if parts[11] != 300_00 || parts[0] != 100_00 {
		t.Errorf("December is three times as strong, and the spread is %v", parts)
	}
	if s := seasonFrom(months(3, december), "2025-03-01", "EUR"); !strings.Contains(s.Says, "(1 year, ") {
		t.Errorf("selling began in March 2025, and the season rests on: %s", s.Says)
	}
	for name, s := range map[string]Season{
		"young":  seasonFrom(months(1, december), "2026-02-01", "EUR"),
		"few":    seasonFrom(months(3, func(calendar.Date) int64 { return 1 }), "2020-01-01", Wins),
		"nobody": seasonFrom(months(3, func(calendar.Date) int64 { return 0 }), "2020-01-01", Wins),
	} {
		if !s.TooFew || s.Weights[0] != 1 || !strings.Contains(s.Says, "Spread evenly") {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestMeasures(t *testing.T) {
	if m, err := ParseMeasure("eur"); err != nil || m != "EUR" {
		t.Errorf("eur: %q, %v", m, err)
	}
	if m, err := ParseMeasure("#"); err != nil || m != Wins || m.Currency() != money.Currency("") {
		t.Errorf("#: %q, %v", m, err)
	}
	if _, err := ParseMeasure("much money"); err == nil {
		t.Error("“much money” is a measure")
	}
	for want, got := range map[string]string{"1 won deal": FullText(Wins, 1), "12,000 won deals": FullText(Wins, 12_000),
		"EUR 12,500.50": FullText("EUR", 12_500_50), "12,500": Text("EUR", 12_500_00), "-3": Text(Wins, -3)} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
