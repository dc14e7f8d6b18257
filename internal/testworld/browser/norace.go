//go:build !race

package browser

// slower is by how much longer everything may take.
const slower = 1
