package ui

// Tone is what a badge, a notice or a figure says before it is read. Text always
// says the same in words: colour is never the only carrier.
type Tone string

// The tones.
const (
	Plain  Tone = ""
	Accent Tone = "accent"
	Info   Tone = "info"
	Good   Tone = "good"
	Warn   Tone = "warn"
	Bad    Tone = "bad"
)

// class names the CSS class of a part in this tone.
func (t Tone) class(part string) string {
	if t == Plain {
		return part
	}
	return part + " " + string(t)
}

// icon is the sign that goes with the tone in notices.
func (t Tone) icon() string {
	switch t {
	case Good:
		return "circle-check"
	case Warn:
		return "alert-triangle"
	case Bad:
		return "alert-circle"
	}
	return "info-circle"
}
