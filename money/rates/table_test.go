package rates_test

import (
	"fmt"
	"strings"
	"testing"

	"milepost/money"
	"milepost/money/rates"
)

var terms = rates.Terms{Per: "EUR", In: "EUR", Today: "2026-11-22"}

func readTable(t *testing.T, text string, terms rates.Terms) (list []string) {
	t.Helper()
	lines, err := rates.ReadTable(text, terms)
	if err != nil {
		return []string{err.Error()}
	}
	for _, l := range lines {
		if l.Does == rates.Refused {
			list = append(list, fmt.Sprintf("%d: %s", l.Number, l.Why))
		} else {
			list = append(list, fmt.Sprintf("%d: %s, %s", l.Number, l.Rate.Day, l.Rate))
		}
	}
	return list
}

func TestTablesOfRates(t *testing.T) {
	for what, c := range map[string]struct {
		text, want string
		terms      rates.Terms
	}{
		"as the ECB publishes": {"Date,USD,JPY,CYP,\n2026-11-20,1.0842,163.45,N/A,\n2026-11-19,1.0835,162.9,N/A,\n",
			"2: 2026-11-20, 1 EUR = 1.0842 USD | 2: 2026-11-20, 1 EUR = 163.45 JPY | 3: 2026-11-19, 1 EUR = 1.0835 USD | 3: 2026-11-19, 1 EUR = 162.9 JPY", terms},
		"as the ECB publishes a day": {"Date, USD, JPY, \n20 November 2026, 1.0842, 163.45, \n",
			"2: 2026-11-20, 1 EUR = 1.0842 USD | 2: 2026-11-20, 1 EUR = 163.45 JPY", terms},
		"only some":                {"Date,USD,JPY,XQX\n2026-11-20,1.0842,163.45,3\n", "2: 2026-11-20, 1 EUR = 1.0842 USD", rates.Terms{Per: "EUR", In: "EUR", Today: terms.Today, Only: []money.Currency{"USD"}}},
		"narrow":                   {"date,currency,rate\n2026-11-20,USD,0.92\n", "2: 2026-11-20, 1 USD = 0.92 EUR", terms},
		"narrow, as downloaded":    {"\ufeffdate,currency,rate,in\r\n2026-11-20,EUR,0.83,GBP\r\n", "2: 2026-11-20, 1 EUR = 0.83 GBP", terms},
		"narrow without a head":    {"3.11.2026\tUSD\t0,92\n4.11.2026\tUSD\t0,925\n", "1: 2026-11-03, 1 USD = 0.92 EUR | 2: 2026-11-04, 1 USD = 0.925 EUR", terms},
		"decimal commas":           {"date;currency;rate\n2026-11-20;USD;0,9213\n2026-11-20;GBP;1,234\n", "2: 2026-11-20, 1 USD = 0.9213 EUR | 3: 2026-11-20, 1 GBP = 1.234 EUR", terms},
		"columns in another order": {"Rate,Date,Currency\n0.92,2026-11-20,usd\n", "2: 2026-11-20, 1 USD = 0.92 EUR", terms},
		"days first":               {"date,currency,rate\n3/11/2026,USD,0.92\n20/11/2026,USD,0.93\n", "2: 2026-11-03, 1 USD = 0.92 EUR | 3: 2026-11-20, 1 USD = 0.93 EUR", terms},
		"quoted":                   {"\"date\",\"currency\",\"rate\"\n\"2026-11-20\",\"USD\",\"0,92\"\n", "2: 2026-11-20, 1 USD = 0.92 EUR", terms},
		"twice the same":           {"date,currency,rate\n2026-11-20,USD,0.92\n2026-11-20,USD,0.920\n", "2: 2026-11-20, 1 USD = 0.92 EUR", terms},
		"twice, and not the same":  {"date,currency,rate\n2026-11-20,USD,0.92\n2026-11-20,USD,0.93\n", "2: 2026-11-20, 1 USD = 0.92 EUR | 3: Line 2 gives another rate for that day: 1 USD = 0.92 EUR.", terms},
		"a currency against itself": {"Date,USD,EUR\n2026-11-20,1.08,1\n",
			"2: 2026-11-20, 1 EUR = 1.08 USD | 2: EUR against itself is always 1: nobody needs to give that.", terms},
		"zero, less, no number": {"date,currency,rate\n2026-11-20,USD,0\n2026-11-19,USD,-1.1\n2026-11-18,USD,much\n2026-11-17,USD,\n2026-11-16,USD,1,234\n",
			"2: A rate is more than zero; “0” is not. | 3: A rate is more than zero; “-1.1” is not. | 4: “much” is not a rate like 1.0842 or 1,0842. | 5: “” is not a rate like 1.0842 or 1,0842. | 6: This line has 4 columns, and the first has 3. Where numbers have a decimal comma, columns are parted by semicolons or tabs.", terms},
		"no such currency":       {"date,currency,rate\n2026-11-20,DOL,1.1\n", "2: “DOL” is not a currency that we know. Its code has three letters, like USD.", terms},
		"no such column":         {"Date,USD,DOL\n2026-11-20,1.1,2\n", "1: The column “DOL” is left out: it is not the code of a currency. | 2: 2026-11-20, 1 EUR = 1.1 USD", terms},
		"a day that is not":      {"date,currency,rate\n2026-02-30,USD,1.1\n31.11.2026,USD,1.1\n", "2: “2026-02-30” is not a day that exists, written like 2026-11-03. | 3: “31.11.2026” is not a day that exists, written like 2026-11-03.", terms},
		"a day that may be two":  {"date,currency,rate\n3/11/2026,USD,1.1\n", "2: “3/11/2026” could be one of two days. Write it like 2026-11-03.", terms},
		"a day far off":          {"date,currency,rate\n2062-11-20,USD,1.1\n1066-10-14,USD,1.1\n", "2: 20 November 2062 is more than a year ahead. Is the year right? | 3: Rates are kept from 1970 on; 14 October 1066 is before that.", terms},
		"nothing":                {" \n", "There is nothing to read yet. Copy dates and rates from your spreadsheet, or from a central bank's file, and paste them here.", terms},
		"a text":                 {"Dear all,\nhere are the rates\n", "The first line is to name the columns: Date, USD, GBP and so on; or date, currency, rate.", terms},
		"a head alone":           {"Date,USD\n", "No rate was found in it. The first line names the columns: Date, USD, GBP and so on; or date, currency, rate.", terms},
		"an amount in thousands": {"date;currency;rate\n2026-11-20;USD;1,234\n", "2: “1,234” could be a little more than 1, or in the thousands. Write it with a point, or with four decimals.", terms},
	} {
		if got := strings.Join(readTable(t, c.text, c.terms), " | "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", what, got, c.want)
		}
	}
}

func TestTooManyRatesAreRefused(t *testing.T) {
	text := "date,currency,rate\n" + strings.Repeat("2026-11-20,DOL,1\n", 20_001)
	if got := readTable(t, text, terms); len(got) != 1 || !strings.Contains(got[0], "more than 20,000 rates") {
		t.Errorf("%.100q", got)
	}
}

func TestWhatATableDoesToABook(t *testing.T) {
	lines, err := rates.ReadTable("date,currency,rate\n2026-11-03,USD,0.92\n2026-11-02,USD,0.91\n2026-11-04,USD,0.93\nx,USD,1\n", terms)
	if err != nil {
		t.Fatal(err)
	}
	rates.Judge(lines, book)
	var got []string
	for _, l := range lines {
		got = append(got, strings.TrimSpace(string(l.Does)+" "+l.Before))
	}
	if want := "as it is, another rate 1 USD = 0.9 EUR, new, refused"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func FuzzReadTable(f *testing.F) {
	for _, seed := range []string{"Date,USD,JPY,\n2026-11-20,1.0842,163.45,\n", "date;currency;rate\n2026-11-20;USD;1,0842", "3/11/2026\tUSD\t1", "a\"b,c\n\"", "\ufeff,,\n,,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := rates.ReadTable(text, terms)
		if err != nil {
			return
		}
		for _, l := range lines {
			if l.Does != rates.Refused && (l.Rate.One == l.Rate.Other || l.Rate.Units.IsZero() || l.Rate.Day == "") {
				t.Errorf("%q was taken as %+v", text, l)
			}
			if l.Does == rates.Refused && l.Why == "" {
				t.Errorf("%q was refused without a word", text)
			}
		}
	})
}
