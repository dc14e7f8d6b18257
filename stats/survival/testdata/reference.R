# What survival, cmprsk and etm say about two small data sets, kept beside the tests.
# Run in this folder: Rscript reference.R   (Debian: r-cran-survival, r-cran-cmprsk, r-cran-etm)
# Writes with 17 digits:
#   spells.csv   entry, exit, cause (0 = censored), weight: made here, with ties
#   moves.csv    a chain of three states: person, from, to (to = from: censored), entry, exit
#   curves.csv   data, curve, time, value, error (standard error; empty where R gives another kind)
#   chain.csv    states, start, time, from, to, value, error
# data: plain = all entries at 0, no weights; late = entries; weighted = entries and weights.
suppressMessages({library(survival); library(cmprsk); library(etm)})

seed <- 20111001      # a linear congruential generator in whole numbers below 2^46
uniform <- function() { seed <<- (16807 * seed) %% 2147483647; seed / 2147483647 }
days <- function(mean) 1 + floor(-mean * log(uniform()))

spells <- as.data.frame(t(sapply(1:150, function(i) {
  entry <- if (uniform() < .5) 0 else floor(20 * uniform())
  ends <- sapply(c(22, 30, 55, 45), days)              # three causes and censoring
  c(entry = entry, exit = entry + min(ends), cause = c(1, 2, 3, 0)[which.min(ends)],
    weight = c(.25, .5, 1, 1.7)[1 + floor(4 * uniform())])
})))

digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
save_table <- function(frame, file) {
  for (column in names(frame)) if (is.numeric(frame[[column]])) frame[[column]] <- digits(frame[[column]])
  write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, eol = "\n")
}
save_table(spells, "spells.csv")

curves <- NULL
add <- function(data, curve, time, value, error = NA)
  curves <<- rbind(curves, data.frame(data, curve, time, value, error))

versions <- list(plain = transform(spells, exit = exit - entry, entry = 0, weight = 1),
                 late = transform(spells, weight = 1), weighted = spells)
for (name in names(versions)) {
  d <- versions[[name]]
  km <- summary(survfit(Surv(entry, exit, cause > 0) ~ 1, data = d, weights = weight, robust = FALSE))
  add(name, "kaplan-meier", km$time, km$surv, ifelse(km$surv > 0, km$std.err, 0))
  aj <- summary(survfit(Surv(entry, exit, factor(cause, 0:3)) ~ 1, data = d, weights = weight, id = seq_len(nrow(d))))
  for (c in 1:3) add(name, paste0("cause ", c, " survival"), aj$time, aj$pstate[, c + 1])
  if (name == "weighted") next
  e <- etm(data.frame(id = seq_len(nrow(d)), from = "0", to = ifelse(d$cause == 0, "cens", as.character(d$cause)),
                      entry = d$entry, exit = d$exit),
           c("0", "1", "2", "3"), matrix(c(FALSE, TRUE, TRUE, TRUE, rep(FALSE, 12)), 4, byrow = TRUE), "cens", 0)
  for (c in 1:3) add(name, paste0("cause ", c, " etm"), e$time, e$est["0", as.character(c), ],
                     sqrt(e$cov[paste("0", c), paste("0", c), ]))
  if (name == "plain") {                              # cmprsk's own variance is Aalen's, not Greenwood's
    for (c in 1:3) {
      g <- timepoints(cuminc(d$exit, d$cause), km$time)
      add(name, paste0("cause ", c, " cmprsk"), km$time, g$est[paste(1, c), ])
    }
  }
}
save_table(curves, "curves.csv")

# ---- a chain: 1 <-> 2, both -> 3; censored at different days; some are seen from a later day on
moves <- do.call(rbind, lapply(1:80, function(person) {
  now <- if (uniform() < .6) 0 else floor(10 * uniform())
  until <- now + 10 + floor(60 * uniform())
  state <- if (uniform() < .8) 1 else 2
  rows <- NULL
  repeat {
    out <- if (state == 1) c(days(14), days(40)) else c(days(25), days(18))
    entry <- now; now <- min(now + min(out), until)
    to <- if (now == until) state else if (which.min(out) == 2) 3 else 3 - state
    rows <- rbind(rows, data.frame(person, from = state, to, entry, exit = now))
    if (to == 3 || to == state) break
    state <- to
  }
  rows
}))
save_table(moves, "moves.csv")

chain <- NULL
run <- function(d, names, tra, start) {
  d <- transform(d, id = person, to = ifelse(to == from, "cens", as.character(to)), from = as.character(from))
  e <- etm(d[, c("id", "from", "to", "entry", "exit")], names, tra, "cens", start)
  for (a in names) for (b in names)
    chain <<- rbind(chain, data.frame(states = length(names), start, time = e$time, from = a, to = b, value = e$est[a, b, ],
                                      error = sqrt(pmax(0, e$cov[paste(a, b), paste(a, b), ]))))
}
three <- matrix(FALSE, 3, 3); three[1, 2:3] <- TRUE; three[2, c(1, 3)] <- TRUE
run(moves, c("1", "2", "3"), three, 0)
run(moves, c("1", "2", "3"), three, 12)
two <- subset(moves, from == 1); two$to[two$to == 3] <- 2      # left state 1, whereto alike
two$to <- ifelse(two$to == 1, 1, 2)
run(two, c("1", "2"), matrix(c(FALSE, TRUE, FALSE, FALSE), 2, byrow = TRUE), 0)
save_table(chain, "chain.csv")
