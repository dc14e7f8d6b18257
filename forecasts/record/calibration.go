package record

import (
	"fmt"

	"github.com/a-h/templ"

	"milepost/calendar"
	"milepost/forecasts"
	"milepost/internal/ui"
	"milepost/stats/calibration"
)

// Calibration is how the chances of a method lie about what came.
type Calibration struct {
	Slope, Offset       float64
	HasSlope, HasOffset bool // not where all ended alike, or all chances are one
}

// CalibrationOf works slope and offset out, over days, from bins: each deal counts with the
// mean chance of its bin. A sixteenth of a logit is so narrow that this moves neither by a
// hundredth; scores from before there were such bins have only hundredths of a chance.
func CalibrationOf(days []Details) (c Calibration) {
	var said []float64
	var won []bool
	for _, d := range days {
		bins := d.Fine
		if bins == nil {
			bins = d.Bins
		}
		for _, b := range bins {
			for n := range b.Count {
				said, won = append(said, b.Said/float64(b.Count)), append(won, n < b.Won)
			}
		}
	}
	c.Slope, c.HasSlope = calibration.Slope(said, won)
	c.Offset, c.HasOffset = calibration.Offset(said, won)
	return c
}

// calibrations is the table of all methods compared, at the horizon chosen.
func (v *view) calibrations() ui.Table {
	t := ui.Table{Caption: "Calibration of every method, on the same deals and days", Columns: []ui.Column{{Label: "Method"}, {Label: "Slope", Numeric: true}, {Label: "Offset", Numeric: true}}}
	for m, name := range v.compared.Methods {
		c := v.calibrated[m]
		slope, offset := ui.None(), ui.None()
		if c.HasSlope {
			slope = ui.Text(fmt.Sprintf("%.2f", c.Slope))
		}
		if c.HasOffset {
			offset = ui.Text(minus(fmt.Sprintf("%+.2f", c.Offset)))
		}
		t.Rows = append(t.Rows, ui.Row{Current: name == v.method, Cells: []templ.Component{ui.Text(forecasts.MethodLabel(name)), slope, offset}})
	}
	return t
}

// calibrate works out the calibration of all methods compared.
func (v *view) calibrate(byDay map[calendar.Date]map[string]Details) {
	for _, name := range v.compared.Methods {
		var days []Details
		for _, day := range v.compared.Days {
			days = append(days, byDay[day][name])
		}
		v.calibrated = append(v.calibrated, CalibrationOf(days))
	}
}
