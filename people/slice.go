package people

import (
	"milepost/internal/slice"
)

// Slice is what people brings to the program.
func Slice(p slice.Program) slice.Slice {
	return slice.Slice{Name: "people", Schema: Schema}
}
