# Answers for stats/counts, kept beside the tests. Run in this folder: Rscript reference.R
# Debian: r-cran-poissonbinomial. Writes with 17 digits:
#   chances.csv    one chance a line, for the Poisson-binomial
#   answers.csv    what, a, b, c, value:
#     successes  k, -, -: P(exactly k);  atmost, above k;  quantile q: k
#     nb         mean, size, k: P(exactly k); nbatmost, nbabove; nbquantile mean, size, q
#   groups.csv     set, events, exposure
#   shrunk.csv     set, shape, rate of the Gamma with the highest marginal likelihood, and that likelihood
library(PoissonBinomial)
seed <- 77
uniform <- function() { seed <<- (16807 * seed) %% 2147483647; seed / 2147483647 }
write_rows <- function(frame, file) {
  for (column in names(frame)) if (is.numeric(frame[[column]])) frame[[column]] <- sprintf("%.17g", frame[[column]])
  write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, eol = "\n")
}

p <- c(sapply(1:90, function(i) uniform()^3), 0, 1, .5, .5)
write_rows(data.frame(chance = p), "chances.csv")
k <- 0:length(p)
answers <- rbind(
  data.frame(what = "successes", a = k, b = 0, c = 0, value = dpbinom(k, p, method = "Convolve")),
  data.frame(what = "atmost", a = k, b = 0, c = 0, value = ppbinom(k, p, method = "Convolve")),
  data.frame(what = "above", a = k, b = 0, c = 0, value = ppbinom(k, p, method = "Convolve", lower.tail = FALSE)))
q <- c(.025, .1, .25, .5, .75, .9, .975, .999)
answers <- rbind(answers, data.frame(what = "quantile", a = q, b = 0, c = 0, value = qpbinom(q, p, method = "Convolve")))
for (case in list(c(.3, .5), c(4, 2.5), c(37.2, 11), c(1500, 40), c(5000, Inf), c(12, Inf), c(3, .05))) {
  mean <- case[1]; size <- case[2]
  if (is.infinite(size)) {
    d <- function(k) dpois(k, mean); below <- function(k, ...) ppois(k, mean, ...); quantile <- function(q) qpois(q, mean)
  } else {
    d <- function(k) dnbinom(k, size, mu = mean); below <- function(k, ...) pnbinom(k, size, mu = mean, ...); quantile <- function(q) qnbinom(q, size, mu = mean)
  }
  at <- unique(c(0, 1, 2, round(mean * c(.3, .7, .95, 1, 1.1, 1.5, 3))))
  answers <- rbind(answers,
    data.frame(what = "nb", a = mean, b = size, c = at, value = d(at)),
    data.frame(what = "nbatmost", a = mean, b = size, c = at, value = below(at)),
    data.frame(what = "nbabove", a = mean, b = size, c = at, value = below(at, lower.tail = FALSE)),
    data.frame(what = "nbquantile", a = mean, b = size, c = q, value = quantile(q)))
}
write_rows(answers, "answers.csv")

sets <- list(
  unlike = data.frame(events = c(3, 40, 12, 0, 25, 7), exposure = c(10, 20, 15, 4, 30, 2.5)),
  nearly = data.frame(events = c(11, 24, 33, 8, 17), exposure = c(10, 20, 15, 9, 20)))
groups <- shrunk <- NULL
for (name in names(sets)) {
  g <- sets[[name]]
  # log density of the counts, with the shape and the mean rate in logarithms
  worth <- function(x) sum(dnbinom(g$events, size = exp(x[1]), mu = exp(x[2]) * g$exposure, log = TRUE))
  best <- c(0, log(sum(g$events) / sum(g$exposure)))
  for (round in 1:20) {
    best <- optim(best, function(x) -worth(x), control = list(reltol = 1e-16, maxit = 20000))$par
  }
  groups <- rbind(groups, data.frame(set = name, g))
  shrunk <- rbind(shrunk, data.frame(set = name, shape = exp(best[1]), rate = exp(best[1] - best[2]), likelihood = worth(best)))
}
write_rows(groups, "groups.csv"); write_rows(shrunk, "shrunk.csv")
print(shrunk)
