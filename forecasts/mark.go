package forecasts

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"

	"milepost/calendar"
	"milepost/forecasts/history"
	"milepost/forecasts/landmark"
	"milepost/internal/db"
	"milepost/money"
	"milepost/people"
	"milepost/problem"
)

// Mark says what the figures of a forecast page rest on: enough to work them out again,
// byte for byte, from the ledger and the kept forecasts, at any later time. Its id is
// what the page shows.
type Mark struct {
	AsOf     calendar.Instant `json:"a"`
	Sequence int64            `json:"q"` // of the newest entry that was known
	Zone     string           `json:"z"`
	From     calendar.Date    `json:"f"` // the period
	Until    calendar.Date    `json:"u"`
	Name     string           `json:"n"`
	Person   people.ID        `json:"p,omitempty"`
	By       string           `json:"b,omitempty"`
	Currency money.Currency   `json:"c"`
	Method   int              `json:"g,omitempty"` // the generation
	Lessons  []byte           `json:"l,omitempty"` // of the days whose kept forecasts taught ranges: weeks and days between them
	Edition  int64            `json:"e,omitempty"` // how often rehearsed ones among them had been replaced
	Learned  calendar.Instant `json:"t,omitempty"` // up to when the model did, where that is not the midnight of its day
	Known    int64            `json:"h,omitempty"` // of the newest entry that was known when it learned, where others came since
	Steps    int              `json:"k,omitempty"` // deals that ended or were opened again since, of which it knew by a step
	Sum      string           `json:"s"`           // the first bytes of the document's SHA-256
}

// markPrefix begins every id, so that another text is known as none.
const markPrefix = "mp1-"

// ID is the mark as it is shown and typed.
func (m Mark) ID() string {
	text, _ := json.Marshal(m) // strings and numbers never fail
	var packed bytes.Buffer
	out, _ := flate.NewWriter(&packed, flate.BestCompression)
	out.Write(text)
	out.Close()
	return markPrefix + base64.RawURLEncoding.EncodeToString(packed.Bytes())
}

// ParseMark reads an id.
func ParseMark(id string) (Mark, error) {
	var m Mark
	rest, is := strings.CutPrefix(strings.TrimSpace(id), markPrefix)
	packed, err := base64.RawURLEncoding.DecodeString(rest)
	if err == nil {
		packed, err = io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(packed)), 1<<16))
	}
	if err == nil {
		err = json.Unmarshal(packed, &m)
	}
	if !is || err != nil || m.AsOf == 0 || m.From == "" || m.Until <= m.From || m.Sum == "" {
		return m, problem.Invalid("id", "This is not the id of a forecast: it begins with %s and stands at the foot of the forecast page. Copy all of it.", markPrefix)
	}
	return m, nil
}

// packDays writes days as the numbers of days between them, the first from 1970.
func packDays(days []calendar.Date) (list []byte) {
	before := calendar.Date("1970-01-01")
	for _, day := range days {
		n := before.DaysUntil(day)
		for ; n > 127; n >>= 7 {
			list = append(list, byte(n&127|128))
		}
		list, before = append(list, byte(n)), day
	}
	return list
}

func unpackDays(list []byte) []calendar.Date {
	days, before, n, shift := []calendar.Date{}, calendar.Date("1970-01-01"), 0, 0
	for _, b := range list {
		if n |= int(b&127) << shift; b > 127 {
			shift += 7
			continue
		}
		before, n, shift = before.AddDays(n), 0, 0
		days = append(days, before)
	}
	return days
}

// Reproduce works the figures of a mark out again. It fails where they come to anything
// else than what was shown.
func Reproduce(ctx context.Context, d *db.DB, o people.Organization, m Mark) ([]byte, error) {
	o.TimeZone = m.Zone
	known := m.Known
	if known == 0 {
		known = m.Sequence
	}
	learnt, err := history.ReadUpTo(ctx, d, o, known)
	if err != nil {
		return nil, err
	}
	log, err := history.ReadOn(ctx, d, o, learnt, known, m.Sequence)
	if err != nil {
		return nil, err
	}
	day := calendar.DateOf(m.AsOf, o.Place())
	k := newKeeper(d, o, learnt, known, day.Midnight(o.Place()))
	if m.Learned != 0 {
		k.now = m.Learned
	}
	k.edition = m.Edition
	is, err := k.teach(ctx, day, landmark.Generation(m.Method), unpackDays(m.Lessons), nil)
	if err != nil {
		return nil, err
	}
	period := calendar.Period{Name: m.Name, From: m.From, Until: m.Until}
	f := sayTaught(log, m.Sequence, m.AsOf, AheadOf(day, period), is, m.Steps > 0)
	line, err := organigram(ctx, d, o.ID, m.AsOf)
	if err != nil {
		return nil, err
	}
	outlook := LookAheadBy(f, period, line, m.Person, m.By, m.Currency, func(people.ID) bool { return true })
	if err := f.Draw(outlook); err != nil {
		return nil, err
	}
	text, again, err := f.Document(outlook)
	if err != nil {
		return nil, err
	}
	if again.Sum != m.Sum {
		return text, problem.Conflict("id", "Worked out again these figures come to %s, and they were %s when they were shown: the ledger, or what was kept, is not what it was. Verify the ledger.", again.Sum, m.Sum)
	}
	return text, nil
}
