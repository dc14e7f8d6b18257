package rates

import (
	"context"

	"milepost/calendar"
	"milepost/internal/db"
	"milepost/internal/ledger"
	"milepost/money"
)

// row is a rate as it is kept.
type row struct {
	Low     money.Currency `db:"low"`
	High    money.Currency `db:"high"`
	Day     calendar.Date  `db:"day"`
	One     money.Currency `db:"one"`
	Units   string         `db:"units"`
	Version int64          `db:"version"`
}

const fields = `r.low, r.high, r.day, r.one, r.units, r.version`

func (r row) rate() (Rate, error) {
	units, err := money.ParseRate(r.Units, false)
	other := r.High
	if r.One == r.High {
		other = r.Low
	}
	return Rate{r.One, other, units, r.Day}, err
}

// Read is the book as it stands, with all its days.
func Read(ctx context.Context, d *db.DB) (Book, error) {
	return bookOf(db.All[row](ctx, d, `
		select `+fields+`
		from exchange_rates r
		where r.org_id = $1`, d.Org()))
}

// On is the book of what holds on a day: of each pair the latest rate of that day or
// before.
func On(ctx context.Context, d *db.DB, day calendar.Date) (Book, error) {
	return bookOf(db.All[row](ctx, d, `
		select `+fields+`
		from exchange_rates r
		join (
			select low, high, max(day) as day
			from exchange_rates
			where org_id = $1 and day <= $2
			group by low, high
		) l on l.low = r.low and l.high = r.high and l.day = r.day
		where r.org_id = $1`, d.Org(), day))
}

func bookOf(rows []row, err error) (Book, error) {
	if err != nil {
		return Book{}, err
	}
	list := make([]Rate, len(rows))
	for i := range rows {
		if list[i], err = rows[i].rate(); err != nil {
			return Book{}, err
		}
	}
	return NewBook(list), nil
}

// rowsOf lists the rates of a pair from some day back, the newest first.
func rowsOf(ctx context.Context, d *db.DB, p Pair, until calendar.Date, most int) ([]row, error) {
	return db.All[row](ctx, d, `
		select `+fields+`
		from exchange_rates r
		where r.org_id = $1 and r.low = $2 and r.high = $3 and r.day <= $4
		order by r.day desc
		limit $5`, d.Org(), p.Low, p.High, until, most)
}

func rowOf(ctx context.Context, d *db.DB, p Pair, day calendar.Date) (row, error) {
	return db.One[row](ctx, d, `
		select `+fields+`
		from exchange_rates r
		where r.org_id = $1 and r.low = $2 and r.high = $3 and r.day = $4`, d.Org(), p.Low, p.High, day)
}

func put(ctx context.Context, d *db.DB, r Rate, version int64) error {
	p := r.Pair()
	_, err := d.Exec(ctx, `
		insert into exchange_rates (org_id, low, high, day, one, units, version)
		values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (org_id, low, high, day) do update
		set one = excluded.one, units = excluded.units, version = excluded.version`,
		d.Org(), p.Low, p.High, r.Day, r.One, r.Units.String(), version)
	return err
}

func remove(ctx context.Context, d *db.DB, p Pair, day calendar.Date) error {
	_, err := d.Exec(ctx, `
		delete from exchange_rates
		where org_id = $1 and low = $2 and high = $3 and day = $4`, d.Org(), p.Low, p.High, day)
	return err
}

// newest is the last entry that says something of rates; 0 for none.
func newest(ctx context.Context, d *db.DB) (int64, error) {
	return db.One[int64](ctx, d, `
		select coalesce(max(sequence), 0)
		from entries
		where org_id = $1 and subject = $2 and opportunity_id is null`, d.Org(), Subject)
}

// Between lists what was said of rates after one entry of the ledger and up to another.
func Between(ctx context.Context, d *db.DB, org db.Org, after, upTo int64) ([]Version, error) {
	entries, err := db.All[ledger.Entry](ctx, d, `
		select sequence, recorded_at, effective_at, actor, kind, payload
		from entries
		where org_id = $1 and subject = $2 and opportunity_id is null and sequence > $3 and sequence <= $4
		order by sequence`, org, Subject, after, upTo)
	if err != nil {
		return nil, err
	}
	return Fold(entries)
}
