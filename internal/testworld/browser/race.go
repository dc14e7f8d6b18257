//go:build race

package browser

// slower is by how much longer everything may take: under the race detector the program that
// is looked at runs at a fraction of its speed.
const slower = 5
