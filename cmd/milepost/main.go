// Command milepost is the whole product in one program: it serves the pages,
// imports histories, prints forecasts and backtests, verifies the ledger, and makes
// and restores backups.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a bare machine may have no time zones

	"github.com/alecthomas/kong"
)

// commands lists what the program does; each is in a file of its own.
type commands struct {
	Import   importCommand   `cmd:"" help:"Bring in what you know already: the log of past deals."`
	Serve    serveCommand    `cmd:"" help:"Serve Milepost. The first start shows a set-up page."`
	Demo     demoCommand     `cmd:"" help:"Make a demonstration company, once, and serve it."`
	Process  processCommand  `cmd:"" help:"Find the process in the history of past deals."`
	Forecast forecastCommand `cmd:"" help:"Print what is expected of every open deal, as of any instant."`
	Backtest backtestCommand `cmd:"" help:"Score each method at past instants against what happened."`
	Verify   verifyCommand   `cmd:"" help:"Recompute the ledger and name the first entry that does not fit."`
	Backup   backupCommand   `cmd:"" help:"Write everything, attached files too, to one file, while Milepost runs."`
	Restore  restoreCommand  `cmd:"" help:"Put a backup into a new data folder or an empty database."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main without the process, so that tests can start the program.
func run(ctx context.Context, args []string, out, errOut writer) (status int) {
	var all commands
	parser, err := kong.New(&all,
		kong.Name("milepost"),
		kong.Description("Milepost: sales management that rests on evidence."),
		kong.UsageOnError(),
		kong.Writers(out, errOut),
		kong.Exit(func(code int) { status = code; panic(exited{}) }),
		kong.Vars{"data": defaultFolder("data"), "demo": defaultFolder("demonstration")},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(errOut, "milepost:", err)
		return 2
	}
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(exited); !ok {
				panic(p)
			}
		}
	}()
	chosen, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(errOut, "milepost:", err)
		fmt.Fprintln(errOut, "See: milepost --help")
		return 2
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	return report(chosen.Run(&streams{Out: out, Err: errOut}), errOut)
}

type exited struct{}

// report says what went wrong, in a sentence, and gives the exit code.
func report(err error, errOut writer) int {
	var coded *codedError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &coded):
		if coded.error != nil {
			fmt.Fprintln(errOut, "milepost:", coded.error)
		}
		return coded.code
	}
	fmt.Fprintln(errOut, "milepost:", err)
	return 1
}

// codedError ends the program with an exit code that scripts can tell apart.
type codedError struct {
	error
	code int
}
