package imports

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
)

const begun = "d1,2020-01-01T00:00:00Z,created,A title,"

// Every rule that a line can break: the line goes to the rejects with its number
// and a reason, and the lines around it are taken.
func TestEveryRuleOfALine(t *testing.T) {
	cases := []struct{ name, line, says string }{
		{"too few fields", "d1,2020-01-02T00:00:00Z,stage,qualified", "has 4 fields; 5 are needed"},
		{"too many fields", "d1,2020-01-02T00:00:00Z,stage,qualified,,", "has 6 fields; 5 are needed"},
		{"no id", ",2020-01-02T00:00:00Z,stage,qualified,", "must have 1 to 200 letters"},
		{"an id too long", strings.Repeat("d", 201) + ",2020-01-02T00:00:00Z,stage,qualified,", "must have 1 to 200 letters"},
		{"a date is no instant", "d1,2020-01-02,stage,qualified,", "not of the form 2026-01-31T09:30:00Z"},
		{"no time zone", "d1,2020-01-02T00:00:00,stage,qualified,", "not of the form"},
		{"no such day", "d1,2020-02-30T00:00:00Z,stage,qualified,", "not of the form"},
		{"the year 0001", "d1,0001-01-01T00:00:00Z,stage,qualified,", "before the year 1900"},
		{"the future", "d1,2026-11-23T00:00:00Z,stage,qualified,", "in the future"},
		{"unknown kind", "d1,2020-01-02T00:00:00Z,banana,x,", `no kind "banana"`},
		{"kinds are lower case", "d1,2020-01-02T00:00:00Z,Stage,x,", `no kind "Stage"`},
		{"account without a name", "d1,2020-01-02T00:00:00Z,account,\u00a0 \u200b,", "account has no name"},
		{"account too long", "d1,2020-01-02T00:00:00Z,account," + strings.Repeat("x", 301) + ",", "longer than 300 letters"},
		{"owner without a name", "d1,2020-01-02T00:00:00Z,owner,,", "owner's name"},
		{"owner too long", "d1,2020-01-02T00:00:00Z,owner," + strings.Repeat("x", 121) + ",", "owner's name"},
		{"attribute without a name", "d1,2020-01-02T00:00:00Z,attribute,,red", "name of the attribute is missing"},
		{"stage without a label", "d1,2020-01-02T00:00:00Z,stage,,", "stage is missing"},
		{"stage too long", "d1,2020-01-02T00:00:00Z,stage," + strings.Repeat("x", 201) + ",", "longer than 200 letters"},
		{"no currency", "d1,2020-01-02T00:00:00Z,amount,,100", "not a currency"},
		{"wrong currency", "d1,2020-01-02T00:00:00Z,amount,euros & cents,100", "not a currency"},
		{"no amount", "d1,2020-01-02T00:00:00Z,amount,EUR,", "not a plain number"},
		{"thousands parted", `d1,2020-01-02T00:00:00Z,amount,EUR,"15,000"`, "not a plain number"},
		{"an exponent", "d1,2020-01-02T00:00:00Z,amount,EUR,1e5", "not a plain number"},
		{"not a number", "d1,2020-01-02T00:00:00Z,amount,EUR,NaN", "not a plain number"},
		{"negative", "d1,2020-01-02T00:00:00Z,amount,EUR,-5", "is negative"},
		{"huge", "d1,2020-01-02T00:00:00Z,amount,EUR,100000000000000", "larger than can be kept"},
		{"huger", "d1,2020-01-02T00:00:00Z,amount,EUR,1" + strings.Repeat("0", 100), "larger, or finer, than can be kept"},
		{"more decimals than cents", "d1,2020-01-02T00:00:00Z,amount,EUR,1.005", "more than the 2 decimals"},
		{"decimals of yen", "d1,2020-01-02T00:00:00Z,amount,JPY,1.5", "more than the 0 decimals"},
		{"close date that does not exist", "d1,2020-01-02T00:00:00Z,close_date,,2020-02-30", "does not exist"},
		{"close date in year 0001", "d1,2020-01-02T00:00:00Z,close_date,,0001-01-01", "does not exist"},
		{"milestone word", "d1,2020-01-02T00:00:00Z,milestone,Demo given,done", `claimed, achieved or revoked, not "done"`},
		{"milestone without a label", "d1,2020-01-02T00:00:00Z,milestone,,achieved", "milestone is missing"},
		{"criterion word", "d1,2020-01-02T00:00:00Z,criterion,budget,yes", `unknown, unmet, met or verified, not "yes"`},
		{"call word", "d1,2020-01-02T00:00:00Z,call,upside,100", `commit, best, pipeline or omitted, not "upside"`},
		{"call amount", "d1,2020-01-02T00:00:00Z,call,commit,lots", "not a plain number"},
		{"call amount negative", "d1,2020-01-02T00:00:00Z,call,commit,-1", "is negative"},
		{"outcome word", "d1,2020-01-02T00:00:00Z,outcome,withdrawn,", `won, lost or no_action, not "withdrawn"`},
		{"not UTF-8", "d1,2020-01-02T00:00:00Z,activity,call,\xff", "not UTF-8"},
		{"a field of a megabyte", "d1,2020-01-02T00:00:00Z,activity,call," + strings.Repeat("x", 1<<20), "longer than 64 KiB"},
		{"an open quote", `d1,2020-01-02T00:00:00Z,activity,call,"hello`, "quote"},
		{"second created", "d1,2020-02-01T00:00:00Z,created,Again,", "created twice; line 2 did so first"},
		{"the same created again", begun, "created twice; line 2 did so first"},
		{"outcome before creation", "d1,2019-12-31T00:00:00Z,outcome,won,", "dated before the deal was created"},
		{"second outcome", "d1,2020-12-31T00:00:00Z,outcome,lost,Acme", "has an outcome already; it is on line 4"},
		{"never created", "d2,2020-12-31T00:00:00Z,stage,qualified,", "Nothing creates this deal"},
		{"call finer than its currency", "d1,2020-12-31T00:00:00Z,call,commit,1.005", "more than the 2 decimals"},
	}
	each(t, func(t *testing.T, w *world) {
		for n, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				mine := fmt.Sprintf("d1-%d,", n)
				text := begun + "\n" + c.line + "\nd1,2020-06-01T00:00:00Z,outcome,won,price\n"
				c.line = strings.ReplaceAll(c.line, "d1,", mine)
				sum, err := w.try(t, w.fresh(), header+"\n"+strings.ReplaceAll(text, "d1,", mine))
				if err != nil {
					t.Fatal(err)
				}
				if sum.Taken != 2 || sum.Rejected != 1 {
					t.Fatalf("%d taken, %d rejected; want the two good lines and one reject", sum.Taken, sum.Rejected)
				}
				row, err := csv.NewReader(strings.NewReader(rejected(t, sum)[0])).Read()
				if err != nil || row[0] != "3" || !strings.Contains(row[1], c.says) {
					t.Errorf("rejected as %.300q (%v), want line 3 and %q", row, err, c.says)
				}
				if !strings.HasPrefix(row[2], c.line[:min(len(c.line), 40)]) && c.says != "not UTF-8" || len(row[2]) > maxShown+10 {
					t.Errorf("the line is shown as %.100q, it was %.100q", row[2], c.line)
				}
			})
		}
		w.verify(t)
	})
}

func TestWhatIsAccepted(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		sum := w.take(t,
			" d1 ,2020-01-01T01:00:00.5+01:00,created,,",
			"d1,2019-12-01T00:00:00Z,activity,call,before it was created",
			"d1,2020-01-02T00:00:00Z,amount,eur,15000.50",
			"d1,2020-01-02T00:00:00Z,account,Banks\u00a0 Renewables ,",
			"d1,2020-01-02T00:00:00Z,owner,Kim  Park,",
			"d1,2020-01-02T00:00:00Z,call,commit,12000",
			"d1,2020-01-03T00:00:00Z,call,omitted,",
			"d1,2020-01-03T00:00:00Z,criterion,budget,verified",
			"d1,2020-01-03T00:00:00Z,milestone,Demo,claimed",
			"d1,2020-01-03T00:00:00Z,milestone,Demo,revoked",
			"d1,2020-01-03T00:00:00Z,close_date,,2020-03-31",
			"d1,2020-01-04T00:00:00Z,close_date,2020-06-30,",
			"d1,2020-01-05T00:00:00Z,outcome,lost,Acme",
			"d1,2020-01-06T00:00:00Z,activity,call,after the outcome",
			`d1,2020-01-07T00:00:00Z,attribute,segment,"large, and ""old"""`,
			"d1,2026-11-22T00:00:00Z,activity,e-mail,tomorrow is not the future yet",
			"d2,2020-01-01T00:00:00Z,created,Another,",
			"d2,2020-01-01T00:00:00Z,account,BANKS RENEWABLES,",
			"d2,2020-01-01T00:00:00Z,outcome,no_action,no budget",
		)
		if sum.Rejected != 0 || sum.Taken != 19 || sum.AfterOutcome != 3 || sum.BeforeCreation != 1 || sum.Accounts != 1 || sum.People != 1 {
			t.Errorf("%+v %v", sum, rejected(t, sum))
		}
		d1, d2 := w.deal(t, "d1"), w.deal(t, "d2")
		if d1.Title != "d1" || d1.CreatedAt != at("2020-01-01T00:00:00.5Z") || d1.Amount.String() != "EUR 15,000.50" ||
			d1.CloseDate != "2020-06-30" || d1.Slips != 1 || d1.Competitor != "Acme" || d1.Activities != 3 ||
			d1.Attributes["segment"] != `large, and "old"` {
			t.Errorf("the first deal is %+v", d1)
		}
		if d2.Account != d1.Account || d2.Reason != "no budget" || d2.Competitor != "" {
			t.Errorf("the second deal is %+v", d2)
		}
		w.verify(t)
	})
}
