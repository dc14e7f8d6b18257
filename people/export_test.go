package people

import "context"

// What tests of the outside need from the inside.

// LowerCost makes hashes as an earlier version would have, until the test ends.
func LowerCost(restore func(func())) {
	before := cost
	cost = hashCost{memory: 64, passes: 1, threads: 1}
	restore(func() { cost = before })
}

// HashFor makes the hash of a password.
func HashFor(password string) (string, error) { return hashPassword(context.Background(), password) }

// Waits tells how long the next try waits after so many for one address.
var Waits = perEmail.wait

// LocalPath is where next leads.
var LocalPath = localPath

// CheckOrganization refuses what an organization cannot be.
func CheckOrganization(o Organization) (Organization, error) { return o, o.check() }
