# CRPS and pinball loss by their definitions, written out in R and kept beside the tests.
# Run in this folder: Rscript reference.R   (base R only)
#   draws.csv    40 draws, some alike
#   losses.csv   what, argument, value: crps at what came (by integrating the squared difference
#                of the step functions piece by piece); pinball of the R quantile type 1 of a level
#                against all draws
seed <- 9
uniform <- function() { seed <<- (16807 * seed) %% 2147483647; seed / 2147483647 }
draws <- sapply(1:40, function(i) round(100 * qgamma(uniform(), 2, .5)) / 10)
write_rows <- function(frame, file) {
  for (column in names(frame)) if (is.numeric(frame[[column]])) frame[[column]] <- sprintf("%.17g", frame[[column]])
  write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, eol = "\n")
}
write_rows(data.frame(draw = draws), "draws.csv")
crps <- function(came) {
  knots <- sort(unique(c(draws, came)))
  left <- head(knots, -1)
  sum(diff(knots) * (ecdf(draws)(left) - (came <= left))^2)
}
pinball <- function(level) {
  q <- unname(quantile(draws, level, type = 1))
  mean(ifelse(draws >= q, level * (draws - q), (1 - level) * (q - draws)))
}
at <- c(0, 3.3, draws[7], 21, 43.21, 500)
levels <- c(.1, .25, .5, .9, .975)
write_rows(rbind(data.frame(what = "crps", argument = at, value = sapply(at, crps)),
                 data.frame(what = "pinball", argument = levels, value = sapply(levels, pinball)),
                 data.frame(what = "quantile", argument = levels, value = unname(quantile(draws, levels, type = 1)))), "losses.csv")
