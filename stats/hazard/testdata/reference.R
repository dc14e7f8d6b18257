# What a discrete-time competing-risk logit gives on a small simulated data set, worked
# out in R and kept beside the tests. Run in this folder: Rscript reference.R
# Needs nnet (Debian: r-cran-nnet). Writes, with 17 digits:
#
#   rows.csv            person, interval, early, place, plan, weight, offset1..3, cause (0 = stays)
#   mle.csv             multinomial logit by maximum likelihood, first level of each block = 0
#   map.csv             every level has a coefficient; Gaussian priors with the sds below
#   map_weighted.csv    the same with weights, and with the offsets added to the three etas
#   *_covariance.csv    inverse of the negative Hessian of the log posterior (log likelihood
#                       for mle), rows and columns in the order of the coefficients' file
#   *_sandwich.csv      V B V: V that covariance, B the sum over persons of the outer product
#                       of the person's summed (weighted) scores of the likelihood, no small-sample factor
#   fits.csv            per fit: log likelihood, log prior (sum of -b^2/(2 sd^2), no constants), largest gradient
#
# Coefficients are cause by cause; within a cause: intercept, then the blocks in order.

# ---- data: a linear congruential generator in whole numbers below 2^46, exact in doubles
seed <- 20261122
uniform <- function() {
  seed <<- (16807 * seed) %% 2147483647
  seed / 2147483647
}
level <- function(count) 1 + floor(uniform() * count)

early <- rbind(c(0, .5, -.4), c(0, -.3, .3), c(0, .2, .1))              # cause x level
place <- rbind(c(0, .3, -.2, .4), c(0, -.1, .2, -.5), c(.1, 0, -.3, .2))
plan  <- rbind(c(-.2, .6), c(.2, -.4), c(.3, -.6))
clock <- rbind(c(-.5, 0, .3, .2), c(-.2, .1, .1, 0), c(-1, -.3, .2, .6))
base  <- c(-1.9, -1.7, -2.4)

rows <- list()
for (person in 1:260) {
  x1 <- level(3); x2 <- level(4); x3 <- level(2)
  weight <- c(1, .5, .25)[level(3)]
  offset <- c(uniform() - .5, uniform() - .5, uniform() - .5)
  censored <- level(9)                        # beyond 4: seen to the end of interval 4
  for (k in 1:4) {
    if (k > censored) break
    if (uniform() < .25) x3 <- 2              # a plan can come while the deal is open
    odds <- exp(base + early[, x1] + place[, x2] + plan[, x3] + clock[, k])
    sums <- cumsum(odds / (1 + sum(odds)))
    u <- uniform()
    cause <- if (u < sums[1]) 1 else if (u < sums[2]) 2 else if (u < sums[3]) 3 else 0
    rows[[length(rows) + 1]] <- c(person, k, x1, x2, x3, weight, offset, cause)
    if (cause > 0) break
  }
}
d <- as.data.frame(do.call(rbind, rows))
names(d) <- c("person", "interval", "early", "place", "plan", "weight", "offset1", "offset2", "offset3", "cause")

digits <- function(x) sprintf("%.17g", x)
write_table <- function(frame, file, header = TRUE) {
  frame <- as.data.frame(frame)
  for (column in names(frame)) if (is.numeric(frame[[column]])) frame[[column]] <- digits(frame[[column]])
  write.table(frame, file, sep = ",", quote = FALSE, row.names = FALSE, col.names = header, eol = "\n")
}
write_table(d, "rows.csv")

# ---- designs: rows x parameters of one cause
blocks <- c("interval", "early", "place", "plan")
design <- function(drop_first) {
  x <- matrix(1, nrow(d), 1); term <- "intercept"; lev <- 0
  for (block in blocks) for (l in seq_len(max(d[[block]]))) {
    if (drop_first && l == 1) next
    x <- cbind(x, as.numeric(d[[block]] == l)); term <- c(term, block); lev <- c(lev, l)
  }
  list(x = x, term = term, level = lev)
}

# ---- Newton with step halving on the log posterior; precision is 1/sd^2 per parameter of one cause
newton <- function(x, start, precision, weight, offset) {
  p <- ncol(x); y <- sapply(1:3, function(c) as.numeric(d$cause == c))
  lambda <- rep(precision, 3)
  pieces <- function(b) {
    eta <- offset + x %*% matrix(b, p, 3)
    total <- 1 + rowSums(exp(eta))
    list(h = exp(eta) / total, likelihood = sum(weight * (rowSums(y * eta) - log(total))))
  }
  hessian <- function(h) {
    m <- matrix(0, 3 * p, 3 * p)
    for (a in 1:3) for (c in 1:3) {
      w <- weight * h[, a] * ((a == c) - h[, c])
      m[(a - 1) * p + 1:p, (c - 1) * p + 1:p] <- crossprod(x, w * x)
    }
    m + diag(lambda)
  }
  b <- start
  for (iteration in 1:60) {
    now <- pieces(b)
    gradient <- as.vector(crossprod(x, weight * (y - now$h))) - lambda * b
    step <- as.vector(solve(hessian(now$h), gradient))
    worth <- function(b) pieces(b)$likelihood - sum(lambda * b^2) / 2
    scale <- 1
    while (worth(b + scale * step) < worth(b) - 1e-9 && scale > 1e-9) scale <- scale / 2
    b <- b + scale * step
    if (max(abs(step)) < 1e-15) break
  }
  now <- pieces(b)
  residual <- weight * (y - now$h)
  gradient <- as.vector(crossprod(x, residual)) - lambda * b
  v <- solve(hessian(now$h)); v <- (v + t(v)) / 2
  scores <- rowsum(do.call(cbind, lapply(1:3, function(c) residual[, c] * x)), d$person)
  list(b = b, covariance = v, sandwich = v %*% crossprod(scores) %*% v, likelihood = now$likelihood,
       prior = 0 - sum(lambda * b^2) / 2, gradient = max(abs(gradient)))
}

fits <- NULL
keep <- function(name, fit, form) {
  stopifnot(fit$gradient < 1e-12)
  p <- length(form$term)
  write_table(data.frame(cause = rep(1:3, each = p), term = rep(form$term, 3), level = rep(form$level, 3), estimate = fit$b),
              paste0(name, ".csv"))
  write_table(fit$covariance, paste0(name, "_covariance.csv"), header = FALSE)
  write_table((fit$sandwich + t(fit$sandwich)) / 2, paste0(name, "_sandwich.csv"), header = FALSE)
  fits <<- rbind(fits, data.frame(fit = name, log_likelihood = fit$likelihood, log_prior = fit$prior, largest_gradient = fit$gradient))
}

# ---- maximum likelihood: nnet's answer, then polished
form <- design(TRUE)
f <- nnet::multinom(factor(cause) ~ factor(interval) + factor(early) + factor(place) + factor(plan), data = d,
                    abstol = 1e-15, reltol = 1e-15, maxit = 5000, trace = FALSE)
start <- as.vector(t(coef(f)))
one <- rep(1, nrow(d)); none <- matrix(0, nrow(d), 3)
mle <- newton(form$x, start, rep(0, ncol(form$x)), one, none)
cat("multinom to polished, largest distance:", max(abs(mle$b - start)), "\n")
stopifnot(max(abs(mle$b - start)) < 1e-5, abs(mle$likelihood - as.numeric(logLik(f))) < 1e-9)
keep("mle", mle, form)

# ---- maximum a posteriori: sd 5 for intercepts
form <- design(FALSE)
sd <- c(intercept = 5, interval = .5, early = .35, place = .7, plan = .35)
precision <- 1 / unname(sd[form$term])^2
keep("map", newton(form$x, rep(0, 3 * ncol(form$x)), precision, one, none), form)
offset <- as.matrix(d[, c("offset1", "offset2", "offset3")])
keep("map_weighted", newton(form$x, rep(0, 3 * ncol(form$x)), precision, d$weight, offset), form)
write_table(fits, "fits.csv")
print(table(d$cause)); print(fits)
