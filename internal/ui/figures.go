package ui

import (
	"context"
	"fmt"
	"io"
	"math"
	"strconv"

	"milepost/money"
)

// Render writes the figure.
func (s Stat) Render(ctx context.Context, w io.Writer) error { return stat(s).Render(ctx, w) }

// Render writes the estimate and its range.
func (i Interval) Render(ctx context.Context, w io.Writer) error { return interval(i).Render(ctx, w) }

// Render writes the probability.
func (o Odds) Render(ctx context.Context, w io.Writer) error { return odds(o).Render(ctx, w) }

// Render writes the bar.
func (p Progress) Render(ctx context.Context, w io.Writer) error { return progress(p).Render(ctx, w) }

func (i Interval) rangeText() string {
	text := fmt.Sprintf("%s to %s, %s", i.Low, i.High, orElse(i.Level, "8 in 10"))
	if i.Cases > 0 {
		text += fmt.Sprintf(", from %d cases", i.Cases)
	}
	return text
}

func (o Odds) rangeText() string {
	text := ""
	if o.High > o.Low {
		text = "between " + percent(o.Low) + " and " + percent(o.High)
	}
	if o.Cases > 0 {
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("from %d cases", o.Cases)
	}
	return text
}

func trend(tone Tone) string {
	if tone == Bad {
		return "trending-down"
	}
	return "trending-up"
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// ShortAmount writes three significant digits with k, M or B, as charts do.
func ShortAmount(a money.Amount) string {
	v := a.Float()
	for _, unit := range []struct {
		size float64
		sign string
	}{{1e9, "B"}, {1e6, "M"}, {1e3, "k"}} {
		// 999,999 must become 1 M, not 1000 k.
		if math.Abs(v) >= unit.size*0.9995 {
			return fmt.Sprintf("%s %s %s", a.Currency, threeDigits(v/unit.size), unit.sign)
		}
	}
	return a.String()
}

func threeDigits(v float64) string {
	decimals := 2
	if math.Abs(v) >= 9.995 {
		decimals = 1
	}
	if math.Abs(v) >= 99.95 {
		decimals = 0
	}
	scale := math.Pow10(decimals)
	return number(math.Round(v*scale) / scale)
}
