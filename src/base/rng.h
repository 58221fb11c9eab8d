/*
 * Random numbers that repeat: the seed is a parameter, the state is the caller's.
 * Source: xoshiro256** 1.0 and splitmix64, Blackman and Vigna, "Scrambled linear pseudorandom
 * number generators", ACM TOMS 47(4), 2021. Not for secrets.
 */
#ifndef FAIRLEAD_BASE_RNG_H
#define FAIRLEAD_BASE_RNG_H

#include <stdint.h>

struct rng {
    uint64_t s[4];
};

void rng_init(struct rng *r, uint64_t seed);
/* 64 random bits. */
uint64_t rng_u64(struct rng *r);
/* Uniform in [0, bound), without bias; bound > 0. */
uint32_t rng_below(struct rng *r, uint32_t bound);
/* Uniform in [0, 1). */
double rng_unit(struct rng *r);

#endif
