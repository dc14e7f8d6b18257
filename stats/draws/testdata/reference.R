# Quantiles as R has them, kept beside the tests. Run in this folder: Rscript reference.R
#   quantiles.csv   what (normal, gamma, poisson, negative binomial, draws), u, a, b, value
# gamma: shape a, rate b; poisson: mean a; negative binomial: mean a, size b; draws: the type 7
# quantile u of (i * 37 mod 101), i = 1 to a.
u <- c(1e-12, 1e-6, .0013, .025, .1, .25, .4999, .5, .6, .8, .975, .9987, 1 - 1e-6, 1 - 1e-12)
out <- data.frame(what = "normal", u = u, a = 0, b = 0, value = qnorm(u))
for (shape in c(.5, 1, 2.5, 17, 400, 1e5)) for (rate in c(.25, 3))
  out <- rbind(out, data.frame(what = "gamma", u = u, a = shape, b = rate, value = qgamma(u, shape, rate)))
for (mean in c(.01, .7, 5, 42.5, 900, 2e5))
  out <- rbind(out, data.frame(what = "poisson", u = u, a = mean, b = 0, value = qpois(u, mean)))
for (mean in c(.3, 6, 55.5, 3000)) for (size in c(.4, 2, 30, 5000))
  out <- rbind(out, data.frame(what = "negative binomial", u = u, a = mean, b = size, value = qnbinom(u, size, mu = mean)))
for (n in c(1, 7, 40, 100)) {
  at <- c(0, .025, .1, .25, .5, .9, .975, 1)
  out <- rbind(out, data.frame(what = "draws", u = at, a = n, b = 0, value = unname(quantile((1:n * 37) %% 101, at))))
}
for (column in names(out)[-1]) out[[column]] <- sprintf("%.17g", out[[column]])
write.table(out, "quantiles.csv", sep = ",", quote = FALSE, row.names = FALSE, eol = "\n")
