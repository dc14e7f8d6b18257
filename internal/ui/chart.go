package ui

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"math"

	"github.com/a-h/templ"
)

// SeriesKind is how the values of a series are drawn.
type SeriesKind string

// The kinds of series. A Band is a range (Low to High) behind other series; Dots
// are points with two coordinates, on a chart without categories.
const (
	Bars  SeriesKind = "bar"
	Curve SeriesKind = "line"
	Area  SeriesKind = "area"
	Band  SeriesKind = "band"
	Dots  SeriesKind = "dots"
)

// Chart is a drawing of figures, with a table of the same figures for those who
// would rather read, or cannot see.
type Chart struct {
	Title      string // spoken, and the caption of the table
	Summary    string // what the drawing shows, in a sentence under it
	Categories []string
	Links      []string // where each category leads, "" for nowhere; may be nil
	Series     []Series
	Notes      []string // what happened at each category, in words; may be nil
	Marks      []Mark
	Most       float64 // where the scale of figures ends; 0 leaves it to the figures
	Unit       string  // behind or before the figures: "EUR", "%"
	XLabel     string
	YLabel     string
	Horizontal bool // bars lie: for long category names
	Stacked    bool
	Height     ChartHeight
	Empty      templ.Component // instead of a chart without values
}

// ChartHeight is how tall a chart is drawn.
type ChartHeight string

// The heights; a chart is of medium height unless told otherwise.
const (
	Medium ChartHeight = ""
	Short  ChartHeight = "short"
	Tall   ChartHeight = "tall"
)

// Series is one row of figures. A NaN is a gap.
type Series struct {
	Name      string
	Kind      SeriesKind
	Values    []float64
	Low, High []float64    // of a Band
	Points    [][2]float64 // of Dots, and of a Curve without categories
	Tone      Tone         // Plain takes the next colour of the palette
	Dashed    bool
	Stepped   bool // of a Curve or an Area: each value holds until the next
	Invisible bool // takes up room in a stack without being seen
}

// Mark is a level drawn across the chart: a target, a quota.
type Mark struct {
	Label   string
	Value   float64
	Tone    Tone
	Upright bool // it stands on a category, and Value is the number of that
}

// Render writes the chart, or what is shown instead of an empty one.
func (c Chart) Render(ctx context.Context, w io.Writer) error {
	if c.empty() && c.Empty != nil {
		return c.Empty.Render(ctx, w)
	}
	return chart(c).Render(ctx, w)
}

func (c Chart) empty() bool {
	for _, s := range c.Series {
		for _, v := range append(append(s.Values[:len(s.Values):len(s.Values)], s.Low...), s.High...) {
			if !math.IsNaN(v) {
				return false
			}
		}
		if len(s.Points) > 0 {
			return false
		}
	}
	return true
}

// id is the same for the same chart, so that a page renders the same twice.
func (c Chart) id() string {
	text, _ := json.Marshal(c.data())
	sum := sha256.Sum256(append(text, c.Title...))
	return "chart-" + hex.EncodeToString(sum[:4])
}

// spoken is what a screen reader says instead of the drawing.
func (c Chart) spoken() string {
	if c.Summary == "" {
		return c.Title
	}
	return c.Title + ". " + c.Summary
}
