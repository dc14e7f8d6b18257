package imports

import "milepost/internal/slice"

// Slice is what imports bring to the program.
func Slice(p slice.Program) slice.Slice {
	return slice.Slice{Name: "imports", Schema: Schema}
}
