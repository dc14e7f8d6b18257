package ui

import (
	"fmt"
	"math"
	"strings"
)

// figures marshal to JSON with null for a gap, which JSON has no number for.
type figures []float64

// MarshalJSON writes the figures.
func (f figures) MarshalJSON() ([]byte, error) {
	parts := make([]string, len(f))
	for i, v := range f {
		parts[i] = number(v)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			parts[i] = "null"
		}
	}
	return []byte("[" + strings.Join(parts, ",") + "]"), nil
}

type chartData struct {
	Categories []string     `json:"categories,omitempty"`
	Links      []string     `json:"links,omitempty"`
	Series     []seriesData `json:"series"`
	Notes      []string     `json:"notes,omitempty"`
	Marks      []markData   `json:"marks,omitempty"`
	Most       float64      `json:"most,omitempty"`
	Unit       string       `json:"unit,omitempty"`
	XLabel     string       `json:"x,omitempty"`
	YLabel     string       `json:"y,omitempty"`
	Horizontal bool         `json:"horizontal,omitempty"`
	Stacked    bool         `json:"stacked,omitempty"`
}

type seriesData struct {
	Name      string    `json:"name"`
	Kind      string    `json:"kind"`
	Values    figures   `json:"values,omitempty"`
	Low       figures   `json:"low,omitempty"`
	High      figures   `json:"high,omitempty"`
	Points    []figures `json:"points,omitempty"`
	Tone      string    `json:"tone,omitempty"`
	Dashed    bool      `json:"dashed,omitempty"`
	Stepped   bool      `json:"stepped,omitempty"`
	Invisible bool      `json:"invisible,omitempty"`
}

type markData struct {
	Label   string  `json:"label"`
	Value   float64 `json:"value"`
	Tone    string  `json:"tone,omitempty"`
	Upright bool    `json:"upright,omitempty"`
}

// data is what charts.js draws from.
func (c Chart) data() chartData {
	d := chartData{Categories: c.Categories, Links: c.Links, Notes: c.Notes, Most: c.Most, Unit: c.Unit, XLabel: c.XLabel, YLabel: c.YLabel,
		Horizontal: c.Horizontal, Stacked: c.Stacked, Series: []seriesData{}}
	for _, s := range c.Series {
		out := seriesData{Name: s.Name, Kind: orElse(string(s.Kind), string(Curve)), Values: s.Values, Low: s.Low, High: s.High,
			Tone: string(s.Tone), Dashed: s.Dashed, Stepped: s.Stepped, Invisible: s.Invisible}
		for _, p := range s.Points {
			out.Points = append(out.Points, p[:])
		}
		d.Series = append(d.Series, out)
	}
	for _, m := range c.Marks {
		d.Marks = append(d.Marks, markData{m.Label, m.Value, string(m.Tone), m.Upright})
	}
	return d
}

// heads are the columns of the chart's table.
func (c Chart) heads() []string {
	heads := []string{orElse(c.XLabel, "Category")}
	for _, s := range c.Series {
		if !s.Invisible {
			heads = append(heads, s.Name)
		}
	}
	if c.Notes != nil {
		heads = append(heads, "What happened")
	}
	return heads
}

// link is where a line of the chart's table leads, "" for nowhere.
func (c Chart) link(line int) string {
	if line < len(c.Links) {
		return c.Links[line]
	}
	return ""
}

// noted tells whether a column of the chart's table holds words.
func (c Chart) noted(column int) bool { return c.Notes != nil && column == len(c.heads())-1 }

// lines are the rows of the chart's table: one for each category, or for each
// point when there are none.
func (c Chart) lines() [][]string {
	var lines [][]string
	for i, name := range c.Categories {
		line := []string{name}
		for _, s := range c.Series {
			if !s.Invisible {
				line = append(line, s.cell(i))
			}
		}
		if c.Notes != nil {
			line = append(line, c.Notes[i])
		}
		lines = append(lines, line)
	}
	for column, s := range c.Series {
		for _, p := range s.Points {
			line := make([]string, len(c.Series)+1)
			line[0], line[column+1] = figure(p[0]), figure(p[1])
			lines = append(lines, line)
		}
	}
	return lines
}

func (s Series) cell(i int) string {
	if i < len(s.Low) && i < len(s.High) {
		if math.IsNaN(s.Low[i]) || math.IsNaN(s.High[i]) {
			return ""
		}
		return figure(s.Low[i]) + " to " + figure(s.High[i])
	}
	if i < len(s.Values) {
		return figure(s.Values[i])
	}
	return ""
}

// figure writes a number for reading: thousands parted, two decimals at most.
func figure(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	text := strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", v), "0"), ".")
	if text == "-0" { // too small to be written
		text = "0"
	}
	whole, rest, has := strings.Cut(text, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if has {
		whole += "." + rest
	}
	return sign + whole
}
