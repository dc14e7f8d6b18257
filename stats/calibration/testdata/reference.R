# What R says about a small set of probabilities and outcomes, kept beside the tests.
# Run in this folder: Rscript reference.R   (base R only)
#   cases.csv      said, came, weight (whole numbers)
#   line.csv       intercept and slope of glm(came ~ qlogis(said)), variances, covariance, log likelihood
#   isotonic.csv   weights (0 = none, 1 = each case as often as its weight), said, fitted by isoreg
seed <- 42
uniform <- function() { seed <<- (16807 * seed) %% 2147483647; seed / 2147483647 }
cases <- as.data.frame(t(sapply(1:120, function(i) {
  said <- round(uniform(), 2); said <- min(max(said, .01), .99)
  c(said = said, came = as.numeric(uniform() < plogis(.3 + .7 * qlogis(said))), weight = 1 + floor(4 * uniform()))
})))
digits <- function(frame, file) {
  for (column in names(frame)) frame[[column]] <- sprintf("%.17g", frame[[column]])
  write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, eol = "\n")
}
digits(cases, "cases.csv")
g <- glm(came ~ qlogis(said), binomial, cases, control = glm.control(epsilon = 1e-16, maxit = 100))
v <- vcov(g)
digits(data.frame(intercept = coef(g)[1], slope = coef(g)[2], intercept_variance = v[1, 1], slope_variance = v[2, 2],
                  covariance = v[1, 2], likelihood = as.numeric(logLik(g))), "line.csv")
fitted_at <- function(x, y, weighted) {
  i <- isoreg(x, y)
  order <- if (i$isOrd) seq_along(x) else i$ord
  unique(data.frame(weighted, said = x[order], fitted = i$yf))
}
# isoreg keeps ties apart that already grow; means of the ties, repeated, are the same problem
pooled <- function(x, y) ave(y, x)
times <- rep(seq_len(nrow(cases)), cases$weight)
iso <- rbind(fitted_at(cases$said, pooled(cases$said, cases$came), 0),
             fitted_at(cases$said[times], pooled(cases$said[times], cases$came[times]), 1))
iso <- iso[!duplicated(iso[, 1:2]), ]
digits(iso, "isotonic.csv")
